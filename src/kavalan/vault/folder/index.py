"""The index of a folder: a blob of its own, in which one member is found without reading the others.

    rows        of each member, in the order in which it was stored: 4 bytes length, then MessagePack
    table       of each member 24 bytes, sorted: BLAKE2b-128 of its name, 8 bytes where its row begins
    end         "KVLFOLD1", SHA-256 of the ZIP it belongs to, number of members, where the table begins

Numbers are little-endian. Finding a name is a binary search in the table: twenty steps in a million members.
"""

from __future__ import annotations

import hashlib
import struct
from typing import TYPE_CHECKING, Final

import msgspec

from kavalan.vault.errors import AlteredError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kavalan.vault.age import PayloadReader

_MAGIC: Final = b"KVLFOLD1"
_LENGTH: Final = struct.Struct("<I")
_LINE: Final = struct.Struct("<16sQ")
_END: Final = struct.Struct("<8s32sQQ")
_MOST_ROW: Final = 1 << 20


class Member(msgspec.Struct, frozen=True, array_like=True):
    """A file of a folder.

    Attributes:
        name: its path within the folder, as bytes.
        mode: `st_mode`, with the kind of file.
        seconds: since 1970, when it was last changed: evidence has dates that 64 bits of nanoseconds do not reach.
        nanoseconds: on top of them.
        uid: of its owner.
        gid: of its group.
        size: bytes; of a symbolic link those of its target.
        crc: CRC-32, as the ZIP has it.
        offset: where its bytes begin in the ZIP.
    """

    name: bytes
    mode: int
    seconds: int
    nanoseconds: int
    uid: int
    gid: int
    size: int
    crc: int
    offset: int

    @property
    def mtime_ns(self) -> int:
        """Nanoseconds since 1970."""
        return self.seconds * 1_000_000_000 + self.nanoseconds


class IndexWriter:
    """Writes an index as members come. Memory: about 80 bytes a member, for the table.

    Args:
        write: takes its bytes, in order.
    """

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write
        self._at = 0
        self._lines: list[bytes] = []

    @property
    def members(self) -> int:
        """How many there are so far."""
        return len(self._lines)

    def add(self, member: Member) -> None:
        """Write a member's row."""
        row = msgspec.msgpack.encode(member)
        self._lines.append(_LINE.pack(_key(member.name), self._at))
        self._write(_LENGTH.pack(len(row)) + row)
        self._at += _LENGTH.size + len(row)

    def finish(self, content: bytes) -> None:
        """Write the table and the end; `content` is the SHA-256 of the ZIP."""
        for line in sorted(self._lines):
            self._write(line)
        self._write(_END.pack(_MAGIC, content, len(self._lines), self._at))


class IndexReader:
    """Reads an index.

    Args:
        reader: the plain bytes of its blob; given back with the index.
        name: of the blob, for errors.

    Raises:
        AlteredError: it is no index.
    """

    def __init__(self, reader: PayloadReader, name: str) -> None:
        self._reader, self._name = reader, name
        end = self._read(max(0, reader.size - _END.size), _END.size)
        magic, content, members, table = _END.unpack(end)
        self.content: bytes = content
        """SHA-256 of the ZIP it belongs to."""
        self.members: int = members
        """How many there are."""
        self._table: int = table
        if magic != _MAGIC or self._table + self.members * _LINE.size + _END.size != reader.size:
            raise AlteredError(name, "is not the index of a folder")

    def find(self, name: bytes) -> Member | None:
        """The member of a name, the first one where there are several."""
        key = _key(name)
        low, high = 0, self.members
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self._line(middle)[0] < key else (low, middle)
        while low < self.members:
            found, at = self._line(low)
            if found != key:
                return None
            member = self._row(at)[0]
            if member.name == name:
                return member
            low += 1
        return None

    def __iter__(self) -> Iterator[Member]:
        """All members, in the order in which they were stored."""
        at = 0
        while at < self._table:
            member, at = self._row(at)
            yield member

    def close(self) -> None:
        """Give the blob back."""
        self._reader.close()

    def _line(self, number: int) -> tuple[bytes, int]:
        key, at = _LINE.unpack(self._read(self._table + number * _LINE.size, _LINE.size))
        return key, at

    def _row(self, at: int) -> tuple[Member, int]:
        (length,) = _LENGTH.unpack(self._read(at, _LENGTH.size))
        start = at + _LENGTH.size
        try:
            return msgspec.msgpack.decode(self._read(start, min(length, _MOST_ROW)), type=Member), start + length
        except msgspec.MsgspecError as error:
            raise AlteredError(self._name, f"has a wrong row at byte {at}") from error

    def _read(self, start: int, size: int) -> bytes:
        self._reader.seek(start)
        data = self._reader.read(size) or b""
        if len(data) != size:
            raise AlteredError(self._name, "is not the index of a folder")
        return data


def _key(name: bytes) -> bytes:
    return hashlib.blake2b(name, digest_size=16).digest()
