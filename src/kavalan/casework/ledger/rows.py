"""Reading the ledger's tables without believing them.

Somebody with the database's password may have put anything anywhere. Values come as bytes, never as times or ids that
would have to be understood first; and a million entries are read in seconds.
"""

from __future__ import annotations

from contextlib import closing
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from kavalan.casework.ledger.texts import POSTGRESQL, SQLITE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kavalan.ledger import Kept

_AT_ONCE = 2000
# What PostgreSQL does not keep as bytes.
_TEXTS = {"size", "note", "text"}


class KeptCheckpoint(NamedTuple):
    """A checkpoint's row as it is kept; nothing in it needs to be what it should."""

    size: bytes
    root: bytes
    peaks: bytes
    note: bytes


class KeptPayload(NamedTuple):
    """A payload's row as it is kept."""

    digest: bytes
    salt: bytes
    text: bytes


def entries(after: int | None = None) -> Iterator[Kept]:
    """The entries in the order of their numbers, in constant memory, all as of one moment.

    Args:
        after: only those with a larger number; without it whatever is there, numbers that no entry has included.
    """
    where, values = ("", []) if after is None else ("WHERE number > %s", [after])
    reading = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
    for rows in _parts(f"SELECT {reading.columns} FROM ledger_entry {where} ORDER BY number", values):  # noqa: S608 no part of it comes from outside
        yield from reading.kept(rows)


def hashes() -> Iterator[bytes]:
    """The kept hashes, in the order of the numbers: the leaves of the tree."""
    for (digest,) in _rows(["hash"], "ledger_entry ORDER BY number"):
        yield digest


def checkpoints() -> Iterator[KeptCheckpoint]:
    """The checkpoints, the smallest first."""
    return map(KeptCheckpoint._make, _rows(["size", "root", "peaks", "note"], "ledger_checkpoint ORDER BY size"))


def payloads() -> Iterator[KeptPayload]:
    """The payloads that are kept, in no order."""
    return map(KeptPayload._make, _rows(["digest", "salt", "text"], "ledger_payload"))


def _rows(columns: Sequence[str], table: str) -> Iterator[tuple[bytes, ...]]:
    """Columns as bytes, none where one is NULL."""
    return chain.from_iterable(_parts(f"SELECT {', '.join(map(_as_bytes, columns))} FROM {table}"))  # noqa: S608 no part of it comes from outside


def _as_bytes(column: str) -> str:
    if connection.vendor == "sqlite":
        return f"COALESCE(CAST({column} AS BLOB), x'')"
    value = f"convert_to({column}::text, 'UTF8')" if column in _TEXTS else column
    return f"COALESCE({value}, ''::bytea)"


def _parts(query: str, values: Sequence[int] = ()) -> Iterator[Sequence[tuple[Any, ...]]]:
    # On PostgreSQL a cursor of the server's: the client would take in all rows at once.
    with closing(connection.chunked_cursor()) as cursor:
        cursor.execute(query, values)
        while rows := cursor.fetchmany(_AT_ONCE):
            yield rows
