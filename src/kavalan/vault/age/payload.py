"""The payload of an age file: chunks of 64 KiB, each encrypted and authenticated in its place (STREAM).

    16 bytes    nonce, from which and the file key the payload's key is derived
    chunks      65,536 bytes and a tag of 16 each; the last one may be shorter, and is empty only where all is

The nonce of a chunk is its number and whether it is the last, so that none can be moved, left out, doubled, or made the
last one. The length of the file says where each lies: any chunk is read alone, by one read and one decryption.

Source: C2SP, "The age file encryption format", "Payload"; Hoang, Reyhanitabar, Rogaway, Vizár 2015 (STREAM).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from kavalan.vault.age.header import derive
from kavalan.vault.errors import AlteredError, TruncatedError
from kavalan.vault.seekable import Seekable

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Buffer

CHUNK: Final = 64 << 10
NONCE_BYTES: Final = 16
_TAG: Final = 16
_SEALED: Final = CHUNK + _TAG


class Storage(Protocol):
    """Where an age file lies: a file, or bytes in memory."""

    def size(self) -> int:
        """How many bytes it has."""
        ...

    def pread(self, size: int, offset: int) -> bytes:
        """Bytes from an offset on; fewer only at the end."""
        ...

    def close(self) -> None:
        """Give it back."""
        ...


class Written(NamedTuple):
    """How far a payload was written.

    Attributes:
        nonce: of the payload.
        chunks: how many were handed on, none of them the last.
        held: plain bytes behind them that were not.
    """

    nonce: bytes
    chunks: int
    held: bytes


def whole_chunks(storage: Storage, start: int, file_key: bytes, sure: int) -> tuple[bytes, int]:
    """The nonce of a payload that was not finished, and how many of its chunks are there, whole and in their places.

    Args:
        storage: the age file.
        start: where the payload begins.
        file_key: 16 bytes.
        sure: so many are known to be; those behind them are authenticated.
    """
    nonce, first = storage.pread(NONCE_BYTES, start), start + NONCE_BYTES
    cipher, number = _cipher(file_key, nonce), min(sure, (storage.size() - first) // _SEALED)
    while len(sealed := storage.pread(_SEALED, first + number * _SEALED)) == _SEALED:
        if not _opens(cipher, _nonce(number, last=False), sealed):
            break
        number += 1
    return nonce, number


def chunk_end(start: int, chunks: int) -> int:
    """Where in an age file so many whole chunks end."""
    return start + NONCE_BYTES + chunks * _SEALED


class PayloadWriter:
    """Encrypts what is written to it and hands it on, a chunk at a time.

    Args:
        file_key: 16 bytes, never used for another payload with the same nonce.
        write: takes the encrypted bytes, in order.
        after: what was written of this payload before, to go on behind it; None for a new one.
    """

    def __init__(self, file_key: bytes, write: Callable[[bytes], object], after: Written | None = None) -> None:
        nonce = os.urandom(NONCE_BYTES) if after is None else after.nonce
        self._cipher = _cipher(file_key, nonce)
        self._write = write
        self._number = after.chunks if after else 0
        self._held = bytearray(after.held if after else b"")
        if after is None:
            write(nonce)

    @property
    def chunks(self) -> int:
        """How many were handed on."""
        return self._number

    @property
    def held(self) -> bytes:
        """Plain bytes behind the last chunk that was handed on, a chunk at most."""
        return bytes(self._held)

    def write(self, data: Buffer) -> None:
        """Take bytes; up to a chunk of them is kept, since what is last is known at the end only."""
        view = memoryview(data).cast("B")
        if self._held:
            missing = CHUNK - len(self._held)
            self._held += view[:missing]
            view = view[missing:]
            if not view:
                return
            self._seal(self._held, last=False)
            self._held = bytearray()
        while len(view) > CHUNK:
            self._seal(view[:CHUNK], last=False)
            view = view[CHUNK:]
        self._held += view

    def finish(self) -> None:
        """Write the last chunk. Nothing may be written after it."""
        self._seal(self._held, last=True)

    def _seal(self, chunk: bytearray | memoryview, *, last: bool) -> None:
        self._write(self._cipher.encrypt(_nonce(self._number, last=last), chunk, None))
        self._number += 1


class PayloadReader(Seekable):
    """The plain bytes of a payload, read from anywhere in it; none is given out that was not authenticated.

    To be made costs the decryption of the last chunk, which proves the length. One chunk is kept decrypted. For one
    thread at a time.

    Args:
        storage: the age file; closed with the reader.
        start: where the payload begins: the bytes of the header.
        file_key: 16 bytes.
        where: the file, for errors.

    Raises:
        TruncatedError: the file is cut.
        AlteredError: it is cut or altered.
    """

    def __init__(self, storage: Storage, start: int, file_key: bytes, where: object) -> None:
        self._storage, self._where = storage, where
        plain = plain_size(start, storage.size())
        if plain is None:
            raise TruncatedError(where, "ends in its header or within a chunk; restore it from a backup")
        super().__init__(plain)
        self._first = start + NONCE_BYTES
        self.chunks = max(1, -(-plain // CHUNK))
        """How many chunks the payload has, at least one."""
        self._cipher = _cipher(file_key, storage.pread(NONCE_BYTES, start))
        self._kept = (-1, b"")
        self._check_end()

    def readinto(self, buffer: Buffer) -> int:
        """Fill a buffer; fewer bytes come only at the end.

        Raises:
            AlteredError: a chunk is not what was written; bytes before it may stand in the buffer.
        """
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view) and self._position < self.size:
            number, offset = divmod(self._position, CHUNK)
            piece = memoryview(self._chunk(number))[offset : offset + len(view) - filled]
            view[filled : filled + len(piece)] = piece
            filled += len(piece)
            self._position += len(piece)
        return filled

    def readall(self) -> bytes:
        """All that follows, in memory: for what is known to be small."""
        return self.read(max(0, self.size - self._position)) or b""

    def check(self, start: int, stop: int) -> int:
        """Authenticate chunks and keep nothing of them; how many plain bytes that were is returned.

        Args:
            start: the first chunk.
            stop: the chunk after the last one; bounded by how many there are.

        Raises:
            AlteredError: one is not what was written.
        """
        return sum(len(self._decrypt(number)) for number in range(start, min(stop, self.chunks)))

    def close(self) -> None:
        """Give the file back."""
        if not self.closed:
            self._storage.close()
        super().close()

    def _chunk(self, number: int) -> bytes:
        if self._kept[0] != number:
            self._kept = (number, self._decrypt(number))
        return self._kept[1]

    def _decrypt(self, number: int) -> bytes:
        sealed = self._storage.pread(_SEALED, self._first + number * _SEALED)
        try:
            return self._cipher.decrypt(_nonce(number, last=number == self.chunks - 1), sealed, None)
        except InvalidTag as error:
            raise AlteredError(
                self._where, f"was altered, at {number * CHUNK} or up to 64 KiB behind it; restore it from a backup"
            ) from error

    def _check_end(self) -> None:
        last = self.chunks - 1
        try:
            self._kept = (last, self._decrypt(last))
        except AlteredError:
            sealed = self._storage.pread(_SEALED, self._first + last * _SEALED)
            if _opens(self._cipher, _nonce(last, last=False), sealed):
                raise TruncatedError(
                    self._where, "is cut: its last chunk is missing; restore it from a backup"
                ) from None
            raise


def plain_size(start: int, size: int) -> int | None:
    """How many plain bytes an age file holds that has `size` bytes, of which `start` are its header.

    None where no payload has that length: the file is cut.
    """
    sealed = size - start - NONCE_BYTES
    chunks = -(-sealed // _SEALED)
    last = sealed - (chunks - 1) * _SEALED
    if sealed < _TAG or last < _TAG or (last == _TAG and chunks > 1):
        return None
    return sealed - chunks * _TAG


def _cipher(file_key: bytes, nonce: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(derive(file_key, nonce, b"payload"))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")


def _opens(cipher: ChaCha20Poly1305, nonce: bytes, sealed: bytes) -> bool:
    try:
        cipher.decrypt(nonce, sealed, None)
    except InvalidTag:
        return False
    return True
