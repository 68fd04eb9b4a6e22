"""Is the source still there? A file that cannot be read costs a file; a source that is gone ends the run."""

from __future__ import annotations

import errno
import os
from pathlib import Path

_GONE = {errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOTCONN, errno.EREMOTEIO, errno.ESHUTDOWN}


class SourceWatch:
    """Asked after each fault.

    Args:
        root: the folder or file that is scanned.

    Raises:
        OSError: it is not there.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._was = root.stat()
        self._witness: bytes | None = None

    def read_well(self, path: bytes) -> None:
        """A file of the folder, by its path below it, was read to its end: it can be asked for again."""
        self._witness = path

    def gone(self) -> str | None:
        """Why the source counts as gone, None where it is there."""
        try:
            if not os.path.samestat(self._root.stat(), self._was):
                return "another file system lies in its place"
            self._touch()
        except OSError as error:
            return error.strerror or str(error)
        return self._witness_gone()

    def _touch(self) -> None:
        if self._root.is_dir():
            with os.scandir(self._root) as listing:
                next(listing, None)
        else:
            _first_byte(os.fsencode(self._root))

    def _witness_gone(self) -> str | None:
        """What was read well before must be readable now, from the device and not from memory."""
        if self._witness is None or not self._root.is_dir():
            return None
        try:
            _first_byte(os.path.join(os.fsencode(self._root), self._witness))  # noqa: PTH118 -- names are bytes
        except OSError as error:
            return error.strerror if error.errno in _GONE else None
        return None


def _first_byte(path: bytes) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        os.posix_fadvise(descriptor, 0, 4096, os.POSIX_FADV_DONTNEED)
        os.pread(descriptor, 1, 0)
    finally:
        os.close(descriptor)
