"""Reading the ledger's tables without believing them: the database makes the canonical text, whatever is in a row.

Somebody with the database's password may have put anything anywhere. Values come as bytes, never as times or ids that
would have to be understood first; and a million entries are read in seconds.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from kavalan.ledger import Kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_AT_ONCE = 2000
# What SQLite keeps as text or bytes in columns that may hold anything; what PostgreSQL keeps has its type.
_SQLITE = {
    "id": "substr({0},1,8)||'-'||substr({0},9,4)||'-'||substr({0},13,4)||'-'||substr({0},17,4)||'-'||substr({0},21)",
    "time": (
        "CASE WHEN substr(at,11,1)=' ' THEN substr(at,1,10)||'T'||substr(at,12)"
        "||CASE length(at) WHEN 19 THEN '.000000' ELSE '' END||'Z' ELSE at END"
    ),
    "hex": "lower(hex({0}))",
    "bytes": "CAST({0} AS BLOB)",
}
_POSTGRESQL = {
    "id": "{0}::text",
    "time": "to_char(at AT TIME ZONE 'UTC','YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
    "hex": "encode({0},'hex')",
    "bytes": "convert_to({0}::text,'UTF8')",
}


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
    columns = f"{_form('bytes', _text())}, {_form('hex', 'hash')}"
    for text, digest in _rows(f"SELECT {columns} FROM ledger_entry {where} ORDER BY number", values):  # noqa: S608 no part of it comes from outside
        yield Kept(_bytes(text), _unhexed(digest))


def hashes() -> Iterator[bytes]:
    """The kept hashes, in the order of the numbers: the leaves of the tree."""
    query = f"SELECT {_form('hex', 'hash')} FROM ledger_entry ORDER BY number"  # noqa: S608 no part of it comes from outside
    for (digest,) in _rows(query):
        yield _unhexed(digest)


def checkpoints() -> Iterator[KeptCheckpoint]:
    """The checkpoints, the smallest first."""
    columns = [_form("bytes", "size"), _form("hex", "root"), _form("hex", "peaks"), _form("bytes", "note")]
    for size, root, peaks, note in _rows(f"SELECT {', '.join(columns)} FROM ledger_checkpoint ORDER BY size"):  # noqa: S608 no part of it comes from outside
        yield KeptCheckpoint(_bytes(size), _unhexed(root), _unhexed(peaks), _bytes(note))


def payloads() -> Iterator[KeptPayload]:
    """The payloads that are kept, in no order."""
    columns = [_form("hex", "digest"), _form("hex", "salt"), _form("bytes", "text")]
    for digest, salt, text in _rows(f"SELECT {', '.join(columns)} FROM ledger_payload"):  # noqa: S608 no part of it comes from outside
        yield KeptPayload(_unhexed(digest), _unhexed(salt), _bytes(text))


def _text() -> str:
    """The canonical text of an entry as an expression of SQL; NULL where a column that needs a value has none."""
    parts = [
        """'{"actor":'""",
        _nullable("actor"),
        """',"at":"'""",
        _form("time", "at"),
        """'","authority":'""",
        _nullable("authority"),
        """',"format":"kavalan-ledger-1","number":'""",
        "CAST(number AS TEXT)",
        """',"payload":"'""",
        _form("hex", "payload"),
        """'","previous":"'""",
        _form("hex", "previous"),
        """'","subject":"'""",
        _form("id", "subject"),
        """'","subject_kind":"'""",
        "subject_kind",
        """'","verb":"'""",
        "verb",
        """'"}'""",
    ]
    return "(" + "||".join(f"({part})" for part in parts) + ")"


def _nullable(column: str) -> str:
    return f"""CASE WHEN {column} IS NULL THEN 'null' ELSE '"'||{_form("id", column)}||'"' END"""


def _form(kind: str, column: str) -> str:
    forms = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
    return forms[kind].format(column)


def _rows(query: str, values: Sequence[int] = ()) -> Iterator[tuple[Any, ...]]:
    # On PostgreSQL a cursor of the server's: the client would take in all rows at once.
    with closing(connection.chunked_cursor()) as cursor:
        cursor.execute(query, values)
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from rows


def _bytes(value: object) -> bytes:
    """A value that is bytes unless it is NULL."""
    return bytes(value) if isinstance(value, bytes | memoryview) else b""


def _unhexed(value: str | None) -> bytes:
    return bytes.fromhex(value or "")
