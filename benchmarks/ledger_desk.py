"""The desk of the ledger's benchmark; imported once Django is set up."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
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
PAYLOAD = "INSERT INTO ledger_payload (digest, salt, text) VALUES (%s, %s, %s)"
SALT = bytes(range(32))
COMMITS, TEXT_BYTES = 1_000, 420
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


def commits(folder: Path) -> float:
    """How many transactions of one row SQLite itself ends on this disk in a second, set as the desk's database is."""
    with closing(sqlite3.connect(folder / "limit.sqlite3", isolation_level=None)) as database:
        database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE row (value BLOB)")
        started = time.perf_counter()
        for _ in range(COMMITS):
            database.execute("BEGIN IMMEDIATE")
            database.execute("INSERT INTO row VALUES (?)", [bytes(500)])
            database.execute("COMMIT")
        return COMMITS / (time.perf_counter() - started)


def hashed(entries: int) -> None:
    """The least that a verification of so many entries must do: SHA-256 of their texts and of the tree."""
    text, node = bytes(TEXT_BYTES), bytes(65)
    for _ in range(entries):
        sha256(text).digest()
        sha256(node).digest()
        sha256(node).digest()


def fill(entries: int, subjects: Sequence[UUID] = ()) -> None:
    """Append entries and payloads, through the triggers, until there are so many; about these in turn, if any."""
    last = LedgerEntry.objects.latest("number")
    made = _entries(last.number, bytes(last.hash), entries, subjects)
    insert = f"INSERT INTO ledger_entry ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"  # noqa: S608 names of columns
    while chunk := list(islice(made, AT_ONCE)):
        tables = frozenset({"ledger_entry", "ledger_payload"})
        with transaction.atomic(), writing(tables), connection.cursor() as cursor:
            cursor.executemany(PAYLOAD, [(one.entry.payload, SALT, _text(one.entry.number)) for one in chunk])
            cursor.executemany(insert, [_values(one) for one in chunk])


def _entries(number: int, previous: bytes, until: int, subjects: Sequence[UUID]) -> Iterator[Link]:
    actor, authority = UUID(int=1), UUID(int=2)
    for new in range(number + 1, until + 1):
        payload, at = sha256(SALT + _text(new).encode()).digest(), NOW + timedelta(seconds=new)
        subject = subjects[new % len(subjects)] if subjects else UUID(int=new)
        made = link(Entry(new, at, "scan.start", actor, authority, "exhibit", subject, payload, previous))
        yield made
        previous = made.hash


def _text(number: int) -> str:
    return f'{{"batches":{number},"job":"{UUID(int=number)}"}}'


def _values(made: Link) -> list[Value]:
    fields = [getattr(made.entry, name) for name in COLUMNS[:-1]]
    if connection.vendor == "sqlite":
        fields = [one.hex if isinstance(one, UUID) else _sqlite_time(one) for one in fields]
    return [*fields, made.hash]


def _sqlite_time(value: Value) -> Value:
    return value.replace(tzinfo=None).isoformat(" ") if isinstance(value, datetime) else value
