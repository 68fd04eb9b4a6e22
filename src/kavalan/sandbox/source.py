"""What a worker reads from: an open file, handed over as a descriptor."""

from __future__ import annotations

import fcntl
import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Protocol, TypeAlias

from kavalan.sandbox.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator


_F_SEAL_FUTURE_WRITE = 0x10  # fcntl(2), from Linux 5.1


class HasFileno(Protocol):
    """An open file."""

    def fileno(self) -> int:
        """Its descriptor."""
        ...


# A descriptor or what has one. It stays the caller's to close, and may be closed as soon as the next item is asked for.
Source: TypeAlias = int | HasFileno


def sealed(content: bytes) -> BinaryIO:
    """An open file in memory that nobody can change any more, for bytes that the caller already holds.

    The caller closes it.
    """
    held = memory_file()
    held.write(content)
    return seal(held)


def memory_file() -> BinaryIO:
    """An empty file in memory, to be written and then sealed. The caller closes it."""
    return os.fdopen(os.memfd_create("kavalan", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING), "w+b")


def seal(held: BinaryIO) -> BinaryIO:
    """The same file at its start; from now on nobody can change it, whoever opens it."""
    held.flush()
    held.seek(0)
    sizes = fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL
    try:
        # F_SEAL_WRITE makes the kernel drain every processor's page lists, which takes longer than hashing a small
        # picture. Nothing has this file mapped for writing yet, so forbidding what comes is the same.
        fcntl.fcntl(held, fcntl.F_ADD_SEALS, sizes | _F_SEAL_FUTURE_WRITE)
    except OSError:
        fcntl.fcntl(held, fcntl.F_ADD_SEALS, sizes | fcntl.F_SEAL_WRITE)
    return held


def is_sealed(held: int) -> bool:
    """Whether a descriptor's file is in memory and nobody can change it any more."""
    try:
        seals = fcntl.fcntl(held, fcntl.F_GET_SEALS)
    except OSError:
        return False  # not a file in memory
    return bool(seals & (fcntl.F_SEAL_WRITE | _F_SEAL_FUTURE_WRITE))


@contextmanager
def descriptor(source: Source) -> Iterator[int]:
    """The descriptor to send to a worker.

    A file is opened anew, to read only: the worker then cannot write to evidence however the caller opened it, begins
    at the first byte, and does not move the position of a caller who reads the same file meanwhile. A pipe is sent as
    it is.

    Raises:
        SourceError: neither a file, a block device nor a pipe, or not to be opened anew.
    """
    held = source if isinstance(source, int) else source.fileno()
    mode = os.fstat(held).st_mode
    if stat.S_ISFIFO(mode):
        yield held
        return
    if not (stat.S_ISREG(mode) or stat.S_ISBLK(mode)):
        msg = f"descriptor {held} is neither a file nor a pipe: a worker is given nothing else to read"
        raise SourceError(msg)
    try:
        opened = os.open(f"/proc/self/fd/{held}", os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        msg = f"cannot open descriptor {held} anew to read: {error.strerror}; is /proc mounted?"
        raise SourceError(msg) from error
    try:
        yield opened
    finally:
        os.close(opened)
