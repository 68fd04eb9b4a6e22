"""A queue for writers.

SQLite lets a writer that must wait sleep, ever longer, up to a tenth of a second at a time: of eight writers some slept
through every chance and were told after twenty seconds that the database is locked. Here a transaction first takes a
lock of the kernel's on a file beside the database, which wakes who waits as soon as it is free, and lets it go when it
ends, or with its process.

One lock alone lets whoever has just ended a transaction and begins the next one pass those who sleep. So there are two:
a place at the door, which is held only until it is one's turn, and the turn. Whoever comes back finds the door taken.
"""

from __future__ import annotations

import fcntl
import os
import struct
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db.backends.sqlite3 import base

if TYPE_CHECKING:
    from collections.abc import Iterator

# Which byte of the file stands for what.
_DOOR, _TURN = 0, 1


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions wait their turn."""

    _queue: int | None = None

    def _start_transaction_under_autocommit(self) -> None:
        if self._queue is None:
            self._queue = os.open(f"{self.settings_dict['NAME']}-queue", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        with _held(self._queue, _DOOR):
            _set(self._queue, _TURN, fcntl.F_WRLCK)
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # django-stubs leave it out
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]  # django-stubs leave it out
        finally:
            # Where it failed a rollback follows; until then SQLite's own lock keeps others out.
            self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # django-stubs leave it out
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # django-stubs leave it out
        finally:
            # With the descriptor go its locks.
            if self._queue is not None:
                os.close(self._queue)
                self._queue = None

    def _leave(self) -> None:
        if self._queue is not None:
            _set(self._queue, _TURN, fcntl.F_UNLCK)


@contextmanager
def _held(queue: int, byte: int) -> Iterator[None]:
    _set(queue, byte, fcntl.F_WRLCK)
    try:
        yield
    finally:
        _set(queue, byte, fcntl.F_UNLCK)


def _set(queue: int, byte: int, kind: int) -> None:
    """Lock or unlock one byte, waiting as long as it takes; the lock is the descriptor's, not the process's."""
    flock = struct.pack("hhqqi", kind, os.SEEK_SET, byte, 1, 0)
    fcntl.fcntl(queue, fcntl.F_OFD_SETLKW, flock)
