"""The files of a database as SQLite sees them: two open descriptors, to be read, and nothing else in the world.

A write-ahead log is honoured without its shared memory: in exclusive mode SQLite keeps the log's index in its own
(sqlite.org/wal.html, "Use of WAL Without Shared-Memory"). That the files cannot be written is what SQLite is told, and
what happens when it tries nevertheless.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import apsw

from kavalan.chats.database.log import unread

if TYPE_CHECKING:
    from typing import BinaryIO

NAME: Final = "evidence"
"""By which the database is opened."""
_LOG: Final = f"{NAME}-wal"
_HEAD: Final = 100
"""Bytes of the head (sqlite.org/fileformat2.html, 1.3): size of a page at 16, pages at 28, told to be right by 92."""
_LARGEST_PAGE: Final = 65536


class Files(apsw.VFS):
    """A file system that holds one database, with its write-ahead log or without.

    Args:
        main: the file.
        wal: its log.

    Attributes:
        name: by which SQLite knows it, until `unregister`.
        missing: bytes of the file between its end and the end that it states.
    """

    def __init__(self, main: BinaryIO, wal: BinaryIO | None) -> None:
        self.name = f"kavalan-{id(self)}"
        self._main, self._wal = _File(main), _File(wal)
        self.missing = self._main.stretch()
        self._log = wal
        # It is made upon none: whatever is not defined here is refused.
        super().__init__(self.name, base="")

    def xOpen(  # type: ignore[override]  # noqa: N802 - SQLite's name; apsw takes whatever has a file's methods
        self, name: str | apsw.URIFilename | None, flags: list[int]
    ) -> _File:
        """A file that is there."""
        shown = name.filename() if isinstance(name, apsw.URIFilename) else name
        flags[1] = apsw.SQLITE_OPEN_READONLY
        if shown == NAME:
            return self._main
        if shown == _LOG:
            return self._wal
        raise apsw.CantOpenError

    def xAccess(self, pathname: str, flags: int) -> bool:  # noqa: ARG002, N802
        """Whether a file is there."""
        return pathname == _LOG and self._log is not None

    def unread(self) -> str:
        """What of the log SQLite did not take, once it has opened the database; empty for nothing that matters.

        It reads the log's frames one by one up to the first that is not whole, and says nothing. Frames of another
        salt are left from before, and are no loss.
        """
        return "" if self._log is None else unread(self._log, self._wal.size, self._wal.reached)

    def xFullPathname(self, name: str) -> str:  # noqa: N802
        """There are no folders."""
        return name


class _File:
    """One file; none is like one of no bytes."""

    def __init__(self, file: BinaryIO | None) -> None:
        self._file = file
        self.size = 0 if file is None else file.seek(0, 2)
        self.reached = 0
        """Bytes up to the farthest that was read."""

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        """Bytes at a place; fewer at the end."""
        if self._file is None:
            return b""
        self._file.seek(offset)
        self.reached = max(self.reached, offset + amount)
        data = self._file.read(amount)
        if len(data) < amount and offset + len(data) < self.size:
            # What a short answer lacks SQLite takes for zeros.
            raise apsw.IOError("a page of it is missing")
        return data

    def stretch(self) -> int:
        """Be as long as the head states, where the file is shorter; how much it lacks.

        SQLite refuses a database of which a single page is missing. As a page that cannot be read it costs itself.
        """
        head = self.xRead(_HEAD, 0)
        self.reached = 0
        if len(head) < _HEAD or head[24:28] != head[92:96]:
            return 0
        page = int.from_bytes(head[16:18], "big")
        stated = int.from_bytes(head[28:32], "big") * (page if page > 1 else _LARGEST_PAGE)
        there, self.size = self.size, max(self.size, stated)
        return self.size - there

    def xFileSize(self) -> int:  # noqa: N802
        """In bytes."""
        return self.size

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: ARG002, N802
        """Nothing is written."""
        raise apsw.ReadOnlyError

    def xTruncate(self, newsize: int) -> None:  # noqa: ARG002, N802
        """Nothing is cut."""
        raise apsw.ReadOnlyError

    def xSync(self, flags: int) -> None:  # noqa: N802
        """There is nothing to bring to a disk."""

    def xLock(self, level: int) -> None:  # noqa: N802
        """Nobody else has the file."""

    def xUnlock(self, level: int) -> None:  # noqa: N802
        """Nobody else has the file."""

    def xCheckReservedLock(self) -> bool:  # noqa: N802
        """Nobody else has the file."""
        return False

    def xFileControl(self, op: int, ptr: int) -> bool:  # noqa: ARG002, N802
        """There is nothing to control."""
        return False

    def xSectorSize(self) -> int:  # noqa: N802
        """Of no matter where nothing is written."""
        return 4096

    def xDeviceCharacteristics(self) -> int:  # noqa: N802
        """None that helps a reader."""
        return 0

    def xClose(self) -> None:  # noqa: N802
        """It stays the caller's."""
