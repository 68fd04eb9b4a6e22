"""Appending one entry, under a lock, as the last statement of a verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from kavalan.casework.ledger.models import LedgerEntry, LedgerPayload
from kavalan.ledger import GENESIS, Entry, Payload, link, seal

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.authority.models import Authority
    from kavalan.casework.records import Record

_LOCK = 0x6B617661_6C616E01
"""PostgreSQL's advisory lock for the head of the chain; any number would do, as long as nothing else takes it."""


def append(
    verb: str,
    *,
    actor: Officer | None,
    authority: Authority | None,
    at: datetime,
    subject: Record,
    payload: Payload,
) -> None:
    """Append what a verb did; called once, at the end of its transaction, by the verb itself."""
    sealed = seal(payload)
    LedgerPayload.objects.create(digest=sealed.digest, salt=sealed.salt, text=sealed.text)
    _lock()
    last = LedgerEntry.objects.order_by("-number").values_list("number", "hash").first()
    number, previous = last or (0, GENESIS)
    entry = Entry(
        number=number + 1,
        at=at,
        verb=verb,
        actor=actor.public_id if actor else None,
        authority=authority.public_id if authority else None,
        subject_kind=subject._meta.model_name or "",
        subject=subject.public_id,
        payload=sealed.digest,
        previous=bytes(previous),
    )
    fields = {name: getattr(entry, name) for name in entry.__struct_fields__}
    LedgerEntry.objects.create(**fields, hash=link(entry).hash)


def _lock() -> None:
    # SQLite's IMMEDIATE transaction is the lock already.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
