"""The desk of the ledger's benchmark; imported once Django is set up."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TypeAlias
from uuid import UUID

from django.db import connection, transaction

from kavalan.casework.access.services import open_compartment
from kavalan.casework.accounts.models import Officer
from kavalan.casework.accounts.services import enrol_officer, found_unit
from kavalan.casework.guard import writing
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.ledger import Entry, Link, link

BADGE = "1"
COLUMNS = ("number", "at", "verb", "actor", "authority", "subject_kind", "subject", "payload", "previous", "hash")
AT_ONCE = 10_000
Value: TypeAlias = int | str | bytes | datetime | UUID
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def found() -> None:
    """A unit with one officer."""
    unit = found_unit(None, NOW, name="Unit")
    enrol_officer(None, NOW, badge=BADGE, name="Officer", unit=unit, password="nine quiet herons")  # noqa: S106 of a desk that lives for minutes


def waits(name: str, verbs: int) -> list[float]:
    """Do verbs one after another; the seconds of each."""
    officer, found = Officer.objects.get(badge=BADGE), []
    for number in range(verbs):
        started = time.perf_counter()
        open_compartment(officer, datetime.now(UTC), name=f"Room {name}-{number}")
        found.append(time.perf_counter() - started)
    return found


def fill(entries: int, subjects: Sequence[UUID] = ()) -> None:
    """Append entries by the thousand, through the triggers, until there are so many; about these in turn, if any."""
    last = LedgerEntry.objects.latest("number")
    made = _entries(last.number, bytes(last.hash), entries, subjects)
    insert = f"INSERT INTO ledger_entry ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"  # noqa: S608 names of columns
    while chunk := list(islice(made, AT_ONCE)):
        with transaction.atomic(), writing(frozenset({"ledger_entry"})), connection.cursor() as cursor:
            cursor.executemany(insert, [_values(one) for one in chunk])


def _entries(number: int, previous: bytes, until: int, subjects: Sequence[UUID]) -> Iterator[Link]:
    actor, authority = UUID(int=1), UUID(int=2)
    for new in range(number + 1, until + 1):
        payload, at = new.to_bytes(32, "big"), NOW + timedelta(seconds=new)
        subject = subjects[new % len(subjects)] if subjects else UUID(int=new)
        made = link(Entry(new, at, "scan.start", actor, authority, "exhibit", subject, payload, previous))
        yield made
        previous = made.hash


def _values(made: Link) -> list[Value]:
    fields = [getattr(made.entry, name) for name in COLUMNS[:-1]]
    if connection.vendor == "sqlite":
        fields = [one.hex if isinstance(one, UUID) else _sqlite_time(one) for one in fields]
    return [*fields, made.hash]


def _sqlite_time(value: Value) -> Value:
    return value.replace(tzinfo=None).isoformat(" ") if isinstance(value, datetime) else value
