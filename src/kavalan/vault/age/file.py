"""Whole age files: in memory, and opened where they lie."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from kavalan.vault.age.header import FILE_KEY_BYTES, MAX_HEADER, Header, Stanza, check_header, read_header, write_header
from kavalan.vault.age.payload import PayloadReader, PayloadWriter, Storage
from kavalan.vault.errors import NoKeyError

if TYPE_CHECKING:
    from collections.abc import Sequence

_NO_KEY: Final = "was not encrypted to the key at hand"


class Locker(Protocol):
    """To whom a file can be encrypted: a recipient, a passphrase."""

    def wrap(self, file_key: bytes) -> Stanza:
        """The file key for that one alone."""
        ...


class Opener(Protocol):
    """What opens a file: a secret key, a passphrase."""

    def unwrap(self, stanzas: Sequence[Stanza], where: object) -> bytes | None:
        """The file key, or None where the file is for somebody else."""
        ...


class Opened(NamedTuple):
    """An age file whose header was checked.

    Attributes:
        header: as it stands.
        file_key: 16 bytes, secret.
    """

    header: Header
    file_key: bytes


class Descriptor:
    """An age file under a descriptor, which is the holder's from now on.

    Args:
        descriptor: open for reading.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._size = os.lseek(descriptor, 0, os.SEEK_END)

    def size(self) -> int:
        """Bytes, as they were when it was opened."""
        return self._size

    def pread(self, size: int, offset: int) -> bytes:
        """Bytes from an offset on; fewer only at the end."""
        return os.pread(self._descriptor, size, offset)

    def close(self) -> None:
        """Close the descriptor; once closed, nothing happens."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def forget(self) -> None:
        """Let the kernel drop its copy, so that what is read next comes from the disk."""
        os.posix_fadvise(self._descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


class _Memory:
    def __init__(self, data: bytes) -> None:
        self._data = data

    def size(self) -> int:
        return len(self._data)

    def pread(self, size: int, offset: int) -> bytes:
        return self._data[offset : offset + size]

    def close(self) -> None:
        self._data = b""


def open_header(storage: Storage, opener: Opener, where: object) -> Opened:
    """Read and check the header of a file.

    Raises:
        NotAgeError: it has none.
        NoKeyError: it is for somebody else.
        AlteredError: it was changed.
    """
    header = read_header(storage.pread(MAX_HEADER, 0), where)
    file_key = opener.unwrap(header.stanzas, where)
    if file_key is None:
        raise NoKeyError(where, _NO_KEY)
    check_header(header, file_key, where)
    return Opened(header, file_key)


def open_payload(storage: Storage, opened: Opened, where: object) -> PayloadReader:
    """The plain bytes of a file whose header was opened; see `PayloadReader`."""
    return PayloadReader(storage, opened.header.size, opened.file_key, where)


def new_file_key() -> bytes:
    """16 random bytes."""
    return os.urandom(FILE_KEY_BYTES)


def encrypt(data: bytes, lockers: Sequence[Locker]) -> bytes:
    """A small age file, in memory."""
    file_key = new_file_key()
    parts = [write_header(file_key, [locker.wrap(file_key) for locker in lockers])]
    writer = PayloadWriter(file_key, parts.append)
    writer.write(data)
    writer.finish()
    return b"".join(parts)


def decrypt(data: bytes, opener: Opener, where: object) -> bytes:
    """What a small age file holds.

    Args:
        data: the file.
        opener: a secret key or a passphrase.
        where: what it is, for errors.

    Raises:
        NotAgeError: it is none.
        NoKeyError: it is for somebody else, or the passphrase is another one.
        AlteredError: it was changed or cut.
    """
    storage = _Memory(data)
    opened = open_header(storage, opener, where)
    with open_payload(storage, opened, where) as reader:
        return reader.readall()
