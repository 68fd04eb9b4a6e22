"""Appending one entry, under a lock, as the last statement of a verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from kavalan.casework.ledger.models import LedgerEntry, LedgerPayload
from kavalan.ledger import GENESIS, Entry, Payload, link, seal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.db.backends.utils import CursorWrapper
    from django.db.models import Model

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
    with connection.cursor() as cursor:
        _insert(cursor, LedgerPayload, {"digest": sealed.digest, "salt": sealed.salt, "text": sealed.text})
        # SQLite's IMMEDIATE transaction is the lock already.
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute("SELECT number, hash FROM ledger_entry ORDER BY number DESC LIMIT 1")
        number, previous = cursor.fetchone() or (0, GENESIS)
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
        _insert(cursor, LedgerEntry, {**fields, "hash": link(entry).hash})


def _insert(cursor: CursorWrapper, model: type[Model], values: Mapping[str, object]) -> None:
    # Not through a manager: while one puts the statement together, all other writers wait.
    quote = connection.ops.quote_name
    fields = [field for field in model._meta.concrete_fields if field.attname in values]
    columns, places = ", ".join(quote(field.attname) for field in fields), ", ".join(["%s"] * len(fields))
    prepared = [field.get_db_prep_save(values[field.attname], connection) for field in fields]
    cursor.execute(f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})", prepared)  # noqa: S608 names of the model's own
