"""NIST's NSRL, Reference Data Set version 3 (SQLite): files of operating systems and programs.

Mark V for table and columns (IPED's reader, NIST's schema as quoted by tools): `FILE(sha256, sha1, md5, file_name,
file_size,
package_id)`, a table in the minimal sets and a view over `METADATA` in the full ones; older sets also have crc32.

Known-good only, and only by SHA-1 and SHA-256: MD5 is left out, since files with a chosen MD5 can be made. Dropped:
names, packages, makers. The same file stands there once for each package; the duplicates are given out as they are.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import quote

from kavalan.lists.errors import ListError, TruncatedError, WrongFormatError
from kavalan.lists.model import Entry, Kind
from kavalan.lists.readers import values
from kavalan.lists.readers.contract import Reader, Report, Source, kept

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAGIC: Final = b"SQLite format 3\x00"
_NEEDED: Final = frozenset({"sha256", "sha1", "file_size"})
_MAX_CELL: Final = 1 << 20
_ROWS: Final = 10_000
_ALLOWED: Final = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_PRAGMA})


class NsrlReader(Reader):
    """Reads RDSv3. The file is opened read-only and immutable; only plain reading of tables is allowed in it."""

    format: ClassVar[str] = "nsrl"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.KNOWN_GOOD})

    def recognises(self, head: bytes) -> bool:
        """An SQLite 3 file."""
        return head.startswith(_MAGIC)

    def entries(self, source: Source, report: Report) -> Iterator[Entry]:
        """See `Reader.entries`; position is the number of the row."""
        _check_length(source)
        uri = f"file:{quote(str(source.path.absolute()))}?mode=ro&immutable=1"
        try:
            with closing(sqlite3.connect(uri, uri=True)) as connection:
                _harden(connection)
                yield from _rows(connection, source, report)
        except sqlite3.DatabaseError as error:
            raise _named(error, source) from error


def _check_length(source: Source) -> None:
    """SQLite notices a cut only when it meets it; its header says how many pages there are (file format, 1.3)."""
    head = source.opening[:100]
    page = int.from_bytes(head[16:18]) or 512
    pages = int.from_bytes(head[28:32]) if head[24:28] == head[92:96] else 0
    if len(head) < 100 or source.total < pages * (65536 if page == 1 else page):
        raise TruncatedError(source.path, "the SQLite file is shorter than it says; fetch it again")


def _named(error: sqlite3.DatabaseError, source: Source) -> ListError:
    if "malformed" in str(error) or "not a database" in str(error):
        return TruncatedError(source.path, f"the SQLite file is damaged or cut short; fetch it again ({error})")
    return ListError(source.path, str(error))


def _harden(connection: sqlite3.Connection) -> None:
    """No functions, no recursion, no other files: a hostile view could compute without end."""
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_CELL)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA mmap_size = 0")
    connection.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY)


def _rows(connection: sqlite3.Connection, source: Source, report: Report) -> Iterator[Entry]:
    table, last = _table(connection, source)
    rows = connection.execute(f"SELECT sha256, sha1, file_size FROM {table}")  # noqa: S608 -- one of two names below
    for position, (sha256, sha1, size) in enumerate(rows, 1):
        if position % _ROWS == 0:
            source.advance(source.total * position // max(last, position))
        entry = Entry(
            position=position,
            sha1=report.attempt(position, values.digest, "sha1", sha1),
            sha256=report.attempt(position, values.digest, "sha256", sha256),
            size=report.attempt(position, values.number, "file_size", size),
        )
        yield from kept(entry, report)


def _table(connection: sqlite3.Connection, source: Source) -> tuple[str, int]:
    """The table that holds the files, and about how many rows it has (0 where a view hides that)."""
    for name in ("METADATA", "FILE"):
        columns = {str(row[1]).lower() for row in connection.execute(f"PRAGMA table_info({name})")}
        if columns >= _NEEDED:
            break
    else:
        raise WrongFormatError(source.path, "SQLite, but without NSRL's table FILE")
    try:
        newest = connection.execute(f"SELECT rowid FROM {name} ORDER BY rowid DESC LIMIT 1").fetchone()  # noqa: S608
    except sqlite3.OperationalError:
        return name, 0
    return name, int(newest[0]) if newest and isinstance(newest[0], int) else 0
