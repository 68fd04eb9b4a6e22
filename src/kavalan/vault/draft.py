"""A blob while it is written: an encrypted file of another name, which a crash leaves for the next opening to sweep."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from kavalan.vault.age import Descriptor, PayloadReader, PayloadWriter, new_file_key
from kavalan.vault.durable import new_draft, write_all
from kavalan.vault.errors import RefusedError, StorageError, VaultError

if TYPE_CHECKING:
    from pathlib import Path

    from typing_extensions import Buffer

    from kavalan.vault.shelf import Shelf

IsMedia = Callable[[bytes], bool]
"""Whether something is a picture or a video, told from its first `HEAD_BYTES` bytes (or all of it)."""

Tell = Callable[[int], None]
"""Is told of each piece that was read, with its bytes; what it raises ends the reading."""

HEAD_BYTES: Final = 4096


def silent(_size: int) -> None:
    """Nobody wants to know."""


class Readable(Protocol):
    """What bytes are taken from: a file, say."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most `size`; none at the end."""
        ...


_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Stored:
    """What the vault has taken.

    Attributes:
        name: of the blob, 64 letters.
        sha256: of the plain content, 32 bytes.
        size: plain bytes.
        new: False where the vault had that content already.
    """

    name: str
    sha256: bytes
    size: int
    new: bool


class Draft:
    """Takes plain bytes and writes encrypted ones; nothing is kept before `Vault` says so.

    Args:
        shelf: how blobs are named and sealed.
        folder: where drafts lie, in the file system of the blobs.
        is_media: where given, content of which it says True is refused before its first byte is written.
    """

    def __init__(self, shelf: Shelf, folder: Path, is_media: IsMedia | None) -> None:
        self._shelf, self._is_media = shelf, is_media
        self._head = bytearray()
        self._digest = hashlib.sha256()
        self._file_key = new_file_key()
        self._handle, self.path = new_draft(folder)
        self.size = 0
        """Plain bytes taken so far."""
        try:
            self._put(shelf.header(self._file_key, None))
            self._payload = PayloadWriter(self._file_key, self._put)
        except BaseException:
            self.close()
            raise

    def write(self, data: Buffer) -> None:
        """Take bytes.

        Raises:
            RefusedError: it is a picture or a video, and this vault takes none.
            StorageError: the disk refuses.
        """
        view = memoryview(data).cast("B")
        self.size += len(view)
        self._digest.update(view)
        if self._is_media is not None:
            view = self._held_back(view, self._is_media)
        self._payload.write(view)

    def finish(self) -> Stored:
        """Bring all to the disk; the draft still has another name than the blob.

        Raises:
            RefusedError: it is a picture or a video, and this vault takes none.
            StorageError: the disk refuses.
        """
        if self._is_media is not None:
            self._judge(self._is_media)
        self._payload.finish()
        sha256 = self._digest.digest()
        name = self._shelf.name(sha256)
        try:
            os.pwrite(self._handle, self._shelf.header(self._file_key, name), 0)
            os.fchmod(self._handle, 0o400)
            os.fsync(self._handle)
        except OSError as error:
            raise _refused(error) from error
        return Stored(name, sha256, self.size, new=True)

    def read_back(self, stored: Stored, tell: Tell = silent) -> None:
        """Read the draft from the disk, past the kernel's memory, and hold it against what was given.

        Raises:
            StorageError: the disk gives back other bytes.
        """
        os.posix_fadvise(self._handle, 0, 0, os.POSIX_FADV_DONTNEED)
        try:
            with self._shelf.open_file(self.path, stored.name) as reader:
                same = digest_of(reader, tell) == stored.sha256
        except VaultError:
            same = False
        if not same:
            raise StorageError(self.path.parent, "gives back other bytes than were written; replace the disk")

    def close(self) -> None:
        """Give the file back, and remove it where it still has a draft's name."""
        self.path.unlink(missing_ok=True)
        os.close(self._handle)

    def _held_back(self, view: memoryview, is_media: IsMedia) -> memoryview:
        """Keep the beginning in memory until there is enough of it to be judged."""
        missing = HEAD_BYTES - len(self._head)
        self._head += view[:missing]
        if len(self._head) == HEAD_BYTES:
            self._judge(is_media)
        return view[missing:]

    def _judge(self, is_media: IsMedia) -> None:
        refuse_media(bytes(self._head), is_media)
        self._is_media = None
        self._payload.write(self._head)

    def _put(self, data: bytes) -> None:
        try:
            write_all(self._handle, data)
        except OSError as error:
            raise _refused(error) from error


def refuse_media(head: bytes, is_media: IsMedia) -> None:
    """Raise `RefusedError` where bytes begin a picture or a video."""
    if head and is_media(head):
        raise RefusedError("vault", "may not hold pictures or videos; nothing of this one was written")


def digest_of(reader: PayloadReader, tell: Tell = silent) -> bytes:
    """SHA-256 of all that a reader gives, read from the disk where the kernel lets go of its copy."""
    reader.seek(0)
    digest = hashlib.sha256()
    while piece := reader.read(_PIECE):
        digest.update(piece)
        tell(len(piece))
    return digest.digest()


def forget(path: Path) -> None:
    """Let the kernel drop its copy of a file, so that what is read next comes from the disk."""
    storage = Descriptor(os.open(path, os.O_RDONLY | os.O_CLOEXEC))
    storage.forget()
    storage.close()


def _refused(error: OSError) -> StorageError:
    return StorageError(error.filename or "vault", f"the disk refused: {error.strerror}; free or replace it")
