"""Blobs that come in pieces, over days: encrypted as they come, and gone on with after a restart or a crash.

NAME.part     what has come: an age file whose last chunk is still missing, sealed under a name of its own
NAME.tail     what came behind the last whole chunk, less than 64 KiB more or less, encrypted
NAME.whole    all has come; the blob still bears the name of its own
NAME.told     the digest of what has come, and the file key, encrypted: while the blob is given its name

The file key is in the header, wrapped for who opens the vault, as in every blob: nothing else is needed to go on, and
nothing of it lies in clear. The seal over key and name shows that this vault began it.

No digest runs along, since its state could not be kept over a restart. None is needed: a chunk that opens is the chunk
that was sealed, in its place. SHA-256 is taken when all has come, in the one reading from the disk that every blob is
given before it is acknowledged.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from typing import TYPE_CHECKING, Final, Self

import msgspec

from kavalan.vault.age import (
    CHUNK,
    NONCE_BYTES,
    PayloadWriter,
    Written,
    chunk_end,
    new_file_key,
    whole_chunks,
)
from kavalan.vault.draft import Stored, digest_of, forget, silent
from kavalan.vault.durable import sweep_drafts, sync_directory, write_all, write_whole
from kavalan.vault.errors import AlteredError, BusyError, StorageError, UnknownBlobError, VaultError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from typing_extensions import Buffer

    from kavalan.vault.draft import Tell
    from kavalan.vault.keys import Keys
    from kavalan.vault.shelf import Shelf

_ID: Final = re.compile("[0-9a-f]{32}")
_OWN: Final = b"kavalan part"
_ENDINGS: Final = (".part", ".tail", ".whole", ".told")


class _Tail(msgspec.Struct, frozen=True):
    """So many chunks are on the disk, and this came behind them."""

    chunks: int
    held: bytes


class _Told(msgspec.Struct, frozen=True):
    """What has come."""

    file_key: bytes
    sha256: bytes
    size: int


class Parts:
    """The blobs of a vault that have not come whole yet.

    Args:
        folder: where they lie, in the file system of the blobs.
        shelf: of the blobs.
        keys: what opens them.
    """

    def __init__(self, folder: Path, shelf: Shelf, keys: Keys) -> None:
        self._folder, self._shelf, self._keys = folder, shelf, keys

    def open(self, number: str) -> Part:
        """One of them, new where nothing of it is there; nobody else may write to it until it is closed.

        Args:
            number: 32 hex digits that no other has or had.

        Raises:
            BusyError: another writes to it.
            VaultError: all of it has come.
            StorageError: the disk refuses.
        """
        if self._path(number, ".whole").exists():
            raise VaultError(number, "has come whole; nothing more can be written to it")
        return Part(self._path(number, ".part"), self._own(number), self._shelf)

    def has_come(self, number: str) -> bool:
        """Whether all of it has come."""
        return self._path(number, ".whole").exists() or self._path(number, ".told").exists()

    def settle(self, number: str, tell: Tell = silent) -> tuple[Path, Stored]:
        """Read what has come from the disk and give it the header of a blob.

        A crash at any moment leaves what this goes on with.

        Args:
            number: all of it has come.
            tell: is told of what is read.

        Returns:
            Where the blob lies, still beside its place or in it already, and what it is.

        Raises:
            UnknownBlobError: not all of it has come, or it is gone.
            AlteredError: it is not what was written.
            StorageError: the disk refuses.
        """
        whole, note = self._path(number, ".whole"), self._path(number, ".told")
        told = self._told(number, note)
        if told is None:
            if not whole.exists():
                raise UnknownBlobError(number, "has not come whole")
            told = self._read(number, whole, tell)
            write_whole(note, self._shelf.small(self._own(number), msgspec.msgpack.encode(told)))
        name = self._shelf.name(told.sha256)
        if whole.exists():
            self._rename(whole, told, name)
        elif not self._shelf.path(name).exists():
            raise UnknownBlobError(number, "is gone")
        return (whole if whole.exists() else self._shelf.path(name)), Stored(name, told.sha256, told.size, new=True)

    def remove(self, number: str) -> None:
        """Forget it; what was made a blob of the vault stays one."""
        for ending in _ENDINGS:
            self._path(number, ending).unlink(missing_ok=True)
        sync_directory(self._folder)

    def room(self) -> int:
        """Bytes that the disk still takes."""
        return shutil.disk_usage(self._folder).free

    def numbers(self) -> set[str]:
        """All of which anything is there."""
        return {path.stem for path in self._folder.iterdir() if path.suffix in _ENDINGS and _ID.fullmatch(path.stem)}

    def sweep(self) -> int:
        """Remove what a crash left of small files that were being written."""
        return sweep_drafts(self._folder)

    def _path(self, number: str, ending: str) -> Path:
        if not _ID.fullmatch(number):
            raise UnknownBlobError("vault", "this is no number of an upload")
        return self._folder / f"{number}{ending}"

    def _own(self, number: str) -> str:
        """The name that it bears until its content is known; no content has it."""
        return self._keys.keyed(_OWN, bytes.fromhex(number)).hex()

    def _told(self, number: str, note: Path) -> _Told | None:
        try:
            with self._shelf.open_file(note, self._own(number)) as reader:
                return msgspec.msgpack.decode(reader.readall(), type=_Told)
        except UnknownBlobError:
            return None
        except msgspec.MsgspecError as error:
            raise AlteredError(number, "holds no digest; let it come again") from error

    def _read(self, number: str, whole: Path, tell: Tell) -> _Told:
        sealed = self._shelf.unseal(whole, self._own(number))
        sealed.storage.close()
        forget(whole)
        with self._shelf.open_file(whole, self._own(number)) as reader:
            return _Told(sealed.opened.file_key, digest_of(reader, tell), reader.size)

    def _rename(self, whole: Path, told: _Told, name: str) -> None:
        """Put the blob's own name into its header: of the same length, and written anew however it was left."""
        whole.chmod(0o600)
        handle = os.open(whole, os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        try:
            os.pwrite(handle, self._shelf.header(told.file_key, name), 0)
            os.fchmod(handle, 0o400)
            os.fsync(handle)
        except OSError as error:
            raise _refused(whole, error) from error
        finally:
            os.close(handle)
        self._shelf.open_file(whole, name).close()


class Part:
    """One blob that has not come whole yet; a context manager. Made by `Parts.open`.

    Args:
        path: of what has come.
        own: the name under which it is sealed.
        shelf: how blobs are sealed.

    Raises:
        BusyError: another writes to it.
        AlteredError: it is not what this vault began.
    """

    def __init__(self, path: Path, own: str, shelf: Shelf) -> None:
        self._path, self._own, self._shelf = path, own, shelf
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            self._lock()
            self._payload = self._begun() if self._has_header() else self._new()
        except BaseException:
            os.close(self._handle)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def size(self) -> int:
        """Plain bytes that have come."""
        return self._payload.chunks * CHUNK + len(self._payload.held)

    def write(self, data: Buffer) -> None:
        """Take bytes; they are on the disk once they were saved.

        Raises:
            StorageError: the disk refuses. What was saved before stays.
        """
        self._payload.write(data)

    def save(self) -> None:
        """Bring all that has come to the disk.

        Raises:
            StorageError: the disk refuses.
        """
        try:
            os.fsync(self._handle)
            tail = msgspec.msgpack.encode(_Tail(self._payload.chunks, self._payload.held))
            write_whole(self._path.with_suffix(".tail"), self._shelf.small(self._own, tail))
        except OSError as error:
            raise _refused(self._path, error) from error

    def finish(self) -> None:
        """All has come; nothing may be done with this any more but to close it.

        Raises:
            StorageError: the disk refuses.
        """
        # First saved: a chunk that is sealed as the last one does not open as another.
        self.save()
        self._payload.finish()
        try:
            os.fchmod(self._handle, 0o400)
            os.fsync(self._handle)
            self._path.rename(self._path.with_suffix(".whole"))
            sync_directory(self._path.parent)
        except OSError as error:
            raise _refused(self._path, error) from error
        self._path.with_suffix(".tail").unlink(missing_ok=True)

    def close(self) -> None:
        """Let others write to it."""
        os.close(self._handle)

    def _lock(self) -> None:
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError("upload", "another request writes to it; try again in a moment") from None
        # Whoever held it before may have given it another name meanwhile, or removed it.
        if not self._path.exists() or not os.path.samestat(os.fstat(self._handle), self._path.stat()):
            raise BusyError("upload", "it has just come to its end; look again")

    def _new(self) -> PayloadWriter:
        os.ftruncate(self._handle, 0)
        os.lseek(self._handle, 0, os.SEEK_SET)
        file_key = new_file_key()
        self._put(self._shelf.header(file_key, self._own))
        payload = PayloadWriter(file_key, self._put)
        try:
            os.fsync(self._handle)
            sync_directory(self._path.parent)
        except OSError as error:
            raise _refused(self._path, error) from error
        return payload

    def _has_header(self) -> bool:
        """Whether it was begun; a crash may have left less than its header, which is always of the same length."""
        return os.fstat(self._handle).st_size >= len(self._shelf.header(new_file_key(), self._own)) + NONCE_BYTES

    def _begun(self) -> PayloadWriter:
        """Behind what is there."""
        storage, opened = self._shelf.unseal(self._path, self._own)
        try:
            start, tail = opened.header.size, self._tail()
            nonce, chunks = whole_chunks(storage, start, opened.file_key, tail.chunks)
        finally:
            storage.close()
        end = chunk_end(start, chunks)
        # What a crash left behind the last whole chunk, or what was sealed as the last one and not acknowledged.
        os.ftruncate(self._handle, end)
        os.lseek(self._handle, end, os.SEEK_SET)
        held = tail.held if chunks == tail.chunks else b""
        return PayloadWriter(opened.file_key, self._put, Written(nonce, chunks, held))

    def _tail(self) -> _Tail:
        try:
            with self._shelf.open_file(self._path.with_suffix(".tail"), self._own) as reader:
                return msgspec.msgpack.decode(reader.readall(), type=_Tail)
        except UnknownBlobError:
            return _Tail(0, b"")
        except msgspec.MsgspecError as error:
            raise AlteredError(self._path, "was altered; let it come again") from error

    def _put(self, data: bytes) -> None:
        try:
            write_all(self._handle, data)
        except OSError as error:
            # What was written in part is no chunk: it is cut off before anything is written behind it.
            raise _refused(self._path, error) from error


def _refused(path: Path, error: OSError) -> StorageError:
    return StorageError(path.parent, f"the disk refused: {error.strerror}; free or replace it")
