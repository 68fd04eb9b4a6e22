"""Blobs where they lie: how they are named, sealed to their names, and opened.

A name is BLAKE2b of the plain content's SHA-256, keyed with the vault's digest key: whoever has the disk, and a list of
hashes, still cannot tell what is on it.

age does not say who wrote a file: whoever has the public keys can make one. So each blob carries a stanza more,
`kavalan-seal`, which stock programs pass over: BLAKE2b, keyed likewise, of the file key and the name. It binds the file
key, and so every chunk, to the content's SHA-256. A file that somebody else made, or our own under another's name,
is refused when it is opened, before a byte is read.
"""

from __future__ import annotations

import hmac
import os
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.vault.age import (
    MAX_HEADER,
    Descriptor,
    Opened,
    PayloadReader,
    PayloadWriter,
    Stanza,
    new_file_key,
    open_header,
    open_payload,
    plain_size,
    read_header,
    write_header,
)
from kavalan.vault.errors import AlteredError, NotAgeError, UnknownBlobError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kavalan.vault.keys import Keys

SEAL: Final = "kavalan-seal"
SUFFIX: Final = ".age"
_NAME: Final = re.compile("[0-9a-f]{64}")
_NAMING: Final = b"kavalan name"
_SEALING: Final = b"kavalan seal"


class Sealed(NamedTuple):
    """A blob whose header was checked and whose seal holds.

    Attributes:
        storage: its file.
        opened: its header and file key.
    """

    storage: Descriptor
    opened: Opened


class Shelf:
    """A directory of blobs in 256 directories, by the first two letters of their names.

    Args:
        folder: the directory.
        keys: what opens them.
    """

    def __init__(self, folder: Path, keys: Keys) -> None:
        self._folder, self._keys = folder, keys

    def name(self, sha256: bytes) -> str:
        """64 letters for a content."""
        return self._keys.keyed(_NAMING, sha256).hex()

    def path(self, name: str) -> Path:
        """Where a blob of this name lies, or would.

        Raises:
            UnknownBlobError: nothing can have this name.
        """
        if not _NAME.fullmatch(name):
            raise UnknownBlobError("vault", "this is no name of a blob")
        return self._folder / name[:2] / f"{name}{SUFFIX}"

    def header(self, file_key: bytes, name: str | None) -> bytes:
        """A header for all who open this vault; without a name, one of the same length to be replaced."""
        stanzas = [recipient.wrap(file_key) for recipient in self._keys.recipients]
        seal = bytes(32) if name is None else self._seal(file_key, name)
        return write_header(file_key, [*stanzas, Stanza(SEAL, (), seal)])

    def small(self, name: str, data: bytes) -> bytes:
        """A sealed age file of something small, in memory."""
        file_key = new_file_key()
        parts = [self.header(file_key, name)]
        writer = PayloadWriter(file_key, parts.append)
        writer.write(data)
        writer.finish()
        return b"".join(parts)

    def unseal(self, path: Path, name: str) -> Sealed:
        """Open the header of a file and hold its seal against a name. The caller closes the storage.

        Raises:
            UnknownBlobError: there is no such file.
            AlteredError: it was altered, or made by somebody else, or is another blob.
            NotAgeError: it is no age file.
            NoKeyError: it is not for this vault.
        """
        try:
            storage = Descriptor(os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW))
        except FileNotFoundError as error:
            raise UnknownBlobError(name, "is not in this vault") from error
        try:
            opened = open_header(storage, self._keys, name)
            self._check_seal(opened, name)
        except BaseException:
            storage.close()
            raise
        return Sealed(storage, opened)

    def open(self, name: str) -> PayloadReader:
        """The plain bytes of a blob; see `unseal` for what is raised."""
        return self.open_file(self.path(name), name)

    def open_file(self, path: Path, name: str) -> PayloadReader:
        """The plain bytes of a file that is sealed under a name, wherever it lies."""
        storage, opened = self.unseal(path, name)
        try:
            return open_payload(storage, opened, name)
        except BaseException:
            storage.close()
            raise

    def folders(self) -> Iterator[str]:
        """The 256 names of the directories, in order, whether they are there or not."""
        return (f"{number:02x}" for number in range(256))

    def listing(self, prefix: str) -> tuple[set[str], list[str]]:
        """The names of the blobs in one directory, and of files there that are none."""
        folder = self._folder / prefix
        names, strays = set(), []
        for entry in os.scandir(folder) if folder.is_dir() else ():
            name = entry.name.removesuffix(SUFFIX)
            if _NAME.fullmatch(name) and name.startswith(prefix) and entry.name.endswith(SUFFIX):
                names.add(name)
            else:
                strays.append(entry.name)
        return names, strays

    def size(self, name: str) -> int:
        """Plain bytes of a blob as its length says, without opening it; 0 where it is cut or no age file."""
        path = self.path(name)
        with path.open("rb") as file:
            head = file.read(MAX_HEADER)
        try:
            header = read_header(head, name)
        except NotAgeError:
            return 0
        return plain_size(header.size, path.stat().st_size) or 0

    def _check_seal(self, opened: Opened, name: str) -> None:
        seals = [stanza.body for stanza in opened.header.stanzas if stanza.kind == SEAL]
        if len(seals) != 1 or not hmac.compare_digest(seals[0], self._seal(opened.file_key, name)):
            raise AlteredError(name, "was not written by this vault under this name; restore it from a backup")

    def _seal(self, file_key: bytes, name: str) -> bytes:
        return self._keys.keyed(_SEALING, file_key, bytes.fromhex(name))
