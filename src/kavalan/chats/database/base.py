"""A database of which only two open files are known, and which is trusted in nothing."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import apsw

from kavalan.chats.database.files import NAME, Files
from kavalan.chats.database.rows import Beside, Lookup, Rows, all_of, one_of, quoted, whole
from kavalan.chats.errors import ChatError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType
    from typing import BinaryIO, Self

    from kavalan.chats.database.rows import Row, Unreadable, Value

_MAGIC: Final = b"SQLite format 3\0"
_WITH_LOG: Final = b"\2\2"
"""Versions for writing and reading that mean a write-ahead log (sqlite.org/fileformat2.html, 1.3.3)."""
_MOST_TABLES: Final = 10_000
_LONGEST: Final = 64 << 20
"""Bytes of one value: the longest text that is copied, of characters of four bytes."""
_BEAT: Final = 1_000_000
"""Steps of SQLite's machine between two looks at how long a row takes."""
_MOST_BEATS: Final = 1000
"""Beats without a row; to sort ten million takes a fifth."""
_LIMITS: Final = {
    apsw.SQLITE_LIMIT_LENGTH: _LONGEST,
    apsw.SQLITE_LIMIT_SQL_LENGTH: 1 << 20,
    apsw.SQLITE_LIMIT_EXPR_DEPTH: 100,
    apsw.SQLITE_LIMIT_COMPOUND_SELECT: 10,
    apsw.SQLITE_LIMIT_ATTACHED: 0,
    apsw.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    apsw.SQLITE_LIMIT_WORKER_THREADS: 0,
}
# Exclusive before the first look at the file, or SQLite asks for shared memory. The cache is 16 MB.
_PRAGMAS: Final = (
    "locking_mode=EXCLUSIVE", "trusted_schema=OFF", "query_only=ON", "cell_size_check=ON", "temp_store=MEMORY",
    "mmap_size=0", "cache_size=-16000",
)  # fmt: skip


class Database:
    """A database that somebody else wrote, in memory that does not grow with it. Enter it, or `close` it.

    Args:
        main: the file.
        wal: its write-ahead log; None where none came with it.

    Attributes:
        tables: ordinary tables, each with its stored columns. Views, virtual tables and generated columns run what the
            file says, and are left out.
        lacks_wal: the file says that it is used with a write-ahead log, and none came with it: unless the program was
            ended properly, the newest rows are missing.
        log_fault: what of the log could not be read, in words; empty for nothing.
        missing: bytes that the file states and lacks: it was cut, and what stood there cannot be read.

    Raises:
        ChatError: it is no database, or its schema cannot be read.
    """

    def __init__(self, main: BinaryIO, wal: BinaryIO | None = None) -> None:
        main.seek(0)
        head = main.read(20)
        if not head.startswith(_MAGIC):
            raise ChatError("it is no SQLite database, or an encrypted one")
        self.lacks_wal = head[18:20] == _WITH_LOG and wal is None
        self._beats = 0
        self._files = Files(main, wal)
        self._base: apsw.Connection | None = None
        try:
            self._base = self._opened()
            self.tables = self._read_schema()
            self._encoding = str(next(self._run("PRAGMA encoding"))[0])
            self.log_fault = self._files.unread()
            self.missing = self._files.missing
        except (apsw.Error, UnicodeDecodeError) as error:
            self.close()
            message = f"the database cannot be read: {error}"
            raise ChatError(message) from error

    def __enter__(self) -> Self:
        """It is open already."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the files; they stay the caller's."""
        if self._base is not None:
            self._base.close(force=True)
            self._base = None
            self._files.unregister()

    def has(self, table: str, *columns: str) -> bool:
        """Whether there is a table, with all these columns."""
        return table in self.tables and self.tables[table].issuperset(columns)

    def rows(self, asked: str, values: Sequence[Value] = ()) -> Iterator[Row]:
        """What a question of our own answers.

        Raises:
            ChatError: the answer cannot be read to its end.
        """
        try:
            yield from self._run(asked, values)
        except (apsw.Error, UnicodeDecodeError) as error:
            message = f"the database cannot be read: {error}"
            raise ChatError(message) from error

    def walk(self, table: str, wanted: Sequence[str], tell: Unreadable, order: Sequence[str] = ()) -> Iterator[Row]:
        """All rows of a table: its number (`rowid`), then the columns wanted, None for those that it has not.

        What cannot be read costs itself. A text that is not of the database's encoding has PEP 383's signs in place of
        its bytes.

        Args:
            table: nothing comes of one that is not there.
            wanted: columns.
            tell: is told what cannot be read: why, and from which number on.
            order: columns of whole numbers that order rows where their own numbers do not.
        """
        if table not in self.tables:
            return
        rows = self._rows(table, "rowid", wanted)
        if not (order and self._disordered(table, order)):
            yield from all_of(rows, tell)
            return
        columns = ", ".join(map(quoted, order))
        asked = f"SELECT rowid FROM {quoted(table)} ORDER BY {columns}, rowid"  # noqa: S608 quoted
        for (number,) in self.rows(asked):
            yield from one_of(rows, whole(number), tell)

    def beside(self, table: str, key: str, wanted: Sequence[str], tell: Unreadable) -> Beside:
        """Rows of a table by a column that holds the numbers of another's.

        Args:
            table: nothing comes of one that is not there.
            key: the column.
            wanted: columns, None for those that it has not.
            tell: is told what cannot be read: why, and of which number.
        """
        return Beside(self._rows(table, key, wanted) if self.has(table, key) else None, tell)

    def lookup(self, table: str, key: str, wanted: Sequence[str], tell: Unreadable) -> Lookup:
        """Rows of a table by a column of whole numbers, which are asked for in any order.

        Args:
            table: nothing comes of one that is not there.
            key: the column.
            wanted: columns, None for those that it has not.
            tell: is told what cannot be read: why, and which.
        """
        return Lookup(self._rows(table, key, wanted) if self.has(table, key) else None, tell)

    def _opened(self) -> apsw.Connection:
        base = apsw.Connection(NAME, flags=apsw.SQLITE_OPEN_READONLY, vfs=self._files.name)
        for limit, most in _LIMITS.items():
            base.limit(limit, most)
        for switch in (apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, apsw.SQLITE_DBCONFIG_ENABLE_VIEW):
            base.config(switch, 0)
        for switch in (apsw.SQLITE_DBCONFIG_DEFENSIVE, apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE):
            base.config(switch, 1)
        base.set_progress_handler(self._beat, _BEAT)
        for pragma in _PRAGMAS:
            base.execute(f"PRAGMA {pragma}").fetchall()
        return base

    def _beat(self) -> bool:
        self._beats += 1
        return self._beats > _MOST_BEATS

    def _run(self, asked: str, values: Sequence[Value] = ()) -> Iterator[Row]:
        """As `rows`, with SQLite's own errors."""
        if self._base is None:
            raise apsw.ConnectionClosedError
        self._beats = 0
        for row in self._base.execute(asked, values):
            yield row
            self._beats = 0

    def _read_schema(self) -> dict[str, frozenset[str]]:
        asked = (
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
            " AND substr(name, 1, 7) != 'sqlite_' LIMIT ?"
        )
        names = [str(name) for (name,) in self._run(asked, (_MOST_TABLES,))]
        columns = "SELECT name FROM pragma_table_info(?, 'main')"
        return {name: frozenset(str(one) for (one,) in self._run(columns, (name,))) for name in names}

    def _rows(self, table: str, key: str, wanted: Sequence[str]) -> Rows:
        there = self.tables[table]
        return Rows(self._run, table, key, [name if name in there else None for name in wanted], self._encoding)

    def _disordered(self, table: str, columns: Sequence[str]) -> bool:
        if not self.has(table, *columns):
            return False
        asked = f"SELECT {', '.join(map(quoted, columns))} FROM {quoted(table)} ORDER BY rowid"  # noqa: S608 quoted
        places = (tuple(map(whole, row)) for row in self.rows(asked))
        try:
            return any(after < before for before, after in pairwise(places))
        except ChatError:
            # Part of it cannot be read; around that part it is read in the order of its numbers.
            return False
