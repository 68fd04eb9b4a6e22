"""Evidence held in place: too large to be copied, so its digests are kept and it is read again and again.

The manifest of what is held lies encrypted in the vault: path, size, SHA-256 of all, SHA-256 of each 64 MiB. Reading
gives out bytes of a piece whose digest was compared, from the memory in which it was compared.
"""

from __future__ import annotations

import hashlib
import os
import stat
from typing import TYPE_CHECKING, Final

import msgspec

from kavalan.vault.draft import HEAD_BYTES, silent
from kavalan.vault.errors import AlteredError, ChangedError, StorageError, UnknownBlobError
from kavalan.vault.register import PIECE
from kavalan.vault.seekable import Seekable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typing_extensions import Buffer

    from kavalan.vault.draft import Tell

_READ: Final = 1 << 20


class Held(msgspec.Struct, frozen=True):
    """What was found where it lies.

    Attributes:
        path: absolute, as the system's bytes.
        size: bytes.
        sha256: of all of it, 32 bytes.
        pieces: SHA-256 of each `PIECE` bytes, 32 bytes each, one after another.
    """

    path: bytes
    size: int
    sha256: bytes
    pieces: bytes


def take_stock(path: bytes, tell: Tell = silent) -> Held:
    """Read a file or a block device once and note its digests. It is opened for reading only.

    Raises:
        UnknownBlobError: there is none.
        ChangedError: it changed while it was read.
        StorageError: it cannot be read.
    """
    resolved = os.path.realpath(path)
    handle = _open(resolved)
    try:
        before = _face(handle)
        whole, pieces = hashlib.sha256(), bytearray()
        size = os.lseek(handle, 0, os.SEEK_END)
        for number in range(_count(size)):
            piece = hashlib.sha256()
            for part in _parts(handle, resolved, number, size):
                whole.update(part)
                piece.update(part)
                tell(len(part))
            pieces += piece.digest()
        if _face(handle) != before or os.lseek(handle, 0, os.SEEK_END) != size:
            raise ChangedError(_shown(resolved), "changed while it was read; mount it read-only and read it again")
    finally:
        os.close(handle)
    return Held(resolved, size, whole.digest(), bytes(pieces))


def head_of(path: bytes) -> bytes:
    """The first `HEAD_BYTES` bytes of a file."""
    handle = _open(os.path.realpath(path))
    try:
        return os.pread(handle, HEAD_BYTES, 0)
    finally:
        os.close(handle)


class HeldReader(Seekable):
    """The bytes of what is held in place; none is given out whose piece was not compared.

    A place that is read for the first time costs a read of its 64 MiB; one piece is kept in memory. For one thread.

    Args:
        held: what is expected.
        name: what it is known by, for errors.

    Raises:
        UnknownBlobError: it has vanished.
        AlteredError: it has another size.
        StorageError: it cannot be read.
    """

    def __init__(self, held: Held, name: str) -> None:
        super().__init__(held.size)
        self._held, self._name = held, name
        self._handle = -1
        self._handle = _open(held.path)
        self._kept: tuple[int, bytes] = (-1, b"")
        size = os.lseek(self._handle, 0, os.SEEK_END)
        if size != held.size:
            os.close(self._handle)
            self._handle = -1
            raise AlteredError(name, f"has {size} bytes, not {held.size} as when it was taken in")

    def readinto(self, buffer: Buffer) -> int:
        """Fill a buffer, at most to the end of a piece.

        Raises:
            AlteredError: the piece is not what was taken in.
            StorageError: it cannot be read.
        """
        if self._position >= self.size:
            return 0
        view = memoryview(buffer).cast("B")
        number, offset = divmod(self._position, PIECE)
        part = memoryview(self._piece(number))[offset : offset + len(view)]
        view[: len(part)] = part
        self._position += len(part)
        return len(part)

    def check(self, number: int) -> None:
        """Read a piece from the disk and compare it; raises as `readinto` does."""
        start = number * PIECE
        os.posix_fadvise(self._handle, start, PIECE, os.POSIX_FADV_DONTNEED)
        digest = hashlib.sha256()
        for part in _parts(self._handle, self._held.path, number, self.size):
            digest.update(part)
        self._compare(number, digest.digest())

    def close(self) -> None:
        """Give the file back."""
        if not self.closed and self._handle >= 0:
            os.close(self._handle)
        super().close()

    def _piece(self, number: int) -> bytes:
        if self._kept[0] != number:
            self._kept = (-1, b"")
            self._kept = (number, self._compared(number))
        return self._kept[1]

    def _compared(self, number: int) -> bytes:
        piece = b"".join(_parts(self._handle, self._held.path, number, self.size))
        self._compare(number, hashlib.sha256(piece).digest())
        return piece

    def _compare(self, number: int, sha256: bytes) -> None:
        if sha256 != self._held.pieces[32 * number : 32 * number + 32]:
            start = number * PIECE
            raise AlteredError(self._name, f"was altered between byte {start} and {min(start + PIECE, self.size)}")


def _open(path: bytes) -> int:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError as error:
        raise UnknownBlobError(_shown(path), "is gone; mount what it lay on, or bring it back") from error
    except OSError as error:
        raise StorageError(_shown(path), f"cannot be read: {error.strerror}") from error
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISBLK(mode):
        os.close(handle)
        raise StorageError(_shown(path), "is neither a file nor a block device")
    return handle


def _parts(handle: int, path: bytes, number: int, size: int) -> Iterator[bytes]:
    """The bytes of a piece; fewer where the file ends before."""
    at, end = number * PIECE, min(number * PIECE + PIECE, size)
    try:
        while at < end and (part := os.pread(handle, min(_READ, end - at), at)):
            yield part
            at += len(part)
    except OSError as error:
        raise StorageError(_shown(path), f"cannot be read behind byte {at}: {error.strerror}") from error


def _face(handle: int) -> tuple[int, int, int]:
    status = os.fstat(handle)
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _count(size: int) -> int:
    return max(1, -(-size // PIECE))


def _shown(path: bytes) -> str:
    """A path for people: what is not printable is escaped."""
    return os.fsdecode(path).encode("unicode_escape", "surrogateescape").decode("ascii", "backslashreplace")
