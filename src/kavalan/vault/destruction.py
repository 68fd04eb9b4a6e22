"""Destroying a blob so that a crash leaves it begun and the next opening ends it; what stays is a certificate.

`NAME-MICROSECONDS.begun` is written before anything else, and becomes `….age` when the blob is gone. Both are the
certificate, encrypted: it tells the SHA-256 of what was destroyed.
"""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING, Final

import msgspec

from kavalan.vault.age import decrypt, encrypt
from kavalan.vault.durable import sync_directory, write_all, write_whole
from kavalan.vault.errors import AlteredError, UnknownBlobError

if TYPE_CHECKING:
    from pathlib import Path

    from kavalan.vault.keys import Keys

_BEGUN: Final = ".begun"
_ENDED: Final = ".age"
_MAX_FILE: Final = 64 << 10
_OVERWRITTEN: Final = 4096


class Certificate(msgspec.Struct, frozen=True):
    """What was destroyed. Who decided it and why is for the desk to add.

    Attributes:
        name: of the blob.
        sha256: of its plain content, 32 bytes, read just before; None where it could not be read any more.
        size: plain bytes; None likewise.
        file_size: bytes of the encrypted file.
        stored: when it was stored, as far as the register knows.
        destroyed: when it was destroyed.
    """

    name: str
    sha256: bytes | None
    size: int | None
    file_size: int
    stored: datetime | None
    destroyed: datetime


class Destroyed:
    """The certificates of a vault.

    Args:
        folder: where they lie.
        keys: what opens them.
    """

    def __init__(self, folder: Path, keys: Keys) -> None:
        self._folder, self._keys = folder, keys

    def begin(self, certificate: Certificate) -> None:
        """Note, durably, that a blob is to be gone."""
        data = encrypt(msgspec.msgpack.encode(certificate), self._keys.recipients)
        at = int(certificate.destroyed.timestamp() * 1_000_000)
        write_whole(self._folder / f"{certificate.name}-{at}{_BEGUN}", data)

    def has_begun(self) -> bool:
        """Whether a destruction was begun and not ended."""
        return any(self._folder.glob(f"*{_BEGUN}"))

    def begun(self) -> list[str]:
        """The names of blobs whose destruction was begun and not ended."""
        return [path.name.partition("-")[0] for path in self._folder.glob(f"*{_BEGUN}")]

    @staticmethod
    def remove(path: Path) -> None:
        """Overwrite the header of a blob, where its wrapped file key is, and remove the file; gone already is fine."""
        try:
            path.chmod(0o600)
            handle = os.open(path, os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        except FileNotFoundError:
            return
        try:
            write_all(handle, bytes(_OVERWRITTEN))
            os.fsync(handle)
        finally:
            os.close(handle)
        path.unlink()
        sync_directory(path.parent)

    def finish(self, name: str) -> None:
        """The blob is gone: the note becomes the certificate."""
        for begun in self._folder.glob(f"{name}-*{_BEGUN}"):
            begun.rename(begun.with_suffix(_ENDED))
        sync_directory(self._folder)

    def of(self, name: str) -> list[Certificate]:
        """The certificates of a name, the oldest first."""
        if not name.isalnum():
            raise UnknownBlobError("vault", "this is no name of a blob")
        found = [self._read(path) for path in self._folder.glob(f"{name}-*{_ENDED}")]
        return sorted(found, key=lambda certificate: certificate.destroyed)

    def _read(self, path: Path) -> Certificate:
        with path.open("rb") as file:
            data = decrypt(file.read(_MAX_FILE), self._keys, path)
        try:
            return msgspec.msgpack.decode(data, type=Certificate)
        except msgspec.MsgspecError as error:
            raise AlteredError(path, "is no certificate; restore it from a backup") from error
