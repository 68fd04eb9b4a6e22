"""How much there is to do: counted ahead of the scan, in a thread of its own."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from kavalan.scan.position import Position

# What a file costs besides its bytes, in bytes: opening, digesting and writing down a small file takes as long.
_FILE: Final = 50_000
# A single file is read once for its own digests and once for what is in it, which is mostly packed already.
_TWICE: Final = 2


class Ahead:
    """Counts the files of a source and their bytes; enter it, and it counts until it is left.

    Attributes:
        files: counted so far.
        size: bytes of these.
        complete: everything has been counted.
    """

    def __init__(self, root: Path) -> None:
        self.files = 0
        self.size = 0
        self.complete = False
        self._root = root
        self._single = root.is_file()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._count, daemon=True)

    def __enter__(self) -> Self:
        """Begin to count."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Count no further."""
        self._stop.set()
        self._thread.join()

    def share(self, at: Position) -> float | None:
        """The share of the work that is done, 0 to 1; None while or where nobody knows.

        Of a folder, files and bytes that lie in no archive count, so that a large archive shows as standing still. Of
        a single file, what is in it is taken to be as long as itself; where it is longer, the share is unknown.
        """
        if not self.complete:
            return None
        if self._single:
            done, whole = at.size, _TWICE * self.size
        else:
            done, whole = at.top_size + at.top_items * _FILE, self.size + self.files * _FILE
        return done / whole if 0 < whole >= done else None

    def _count(self) -> None:
        if self._single:
            self.files, self.size = 1, self._root.stat().st_size
        else:
            self._count_folder(os.fsencode(self._root))
        self.complete = not self._stop.is_set()

    def _count_folder(self, root: bytes) -> None:
        folders = [root]
        while folders:
            for path, facts in _entries(folders.pop()):
                if self._stop.is_set():
                    return
                if stat.S_ISDIR(facts.st_mode):
                    folders.append(path)
                else:
                    self.files += 1
                    self.size += facts.st_size if stat.S_ISREG(facts.st_mode) else 0


def _entries(folder: bytes) -> Iterator[tuple[bytes, os.stat_result]]:
    try:
        with os.scandir(folder) as listing:
            for entry in listing:
                yield entry.path, entry.stat(follow_symlinks=False)
    except OSError:
        return  # the scan itself says what it cannot read; this is an estimate
