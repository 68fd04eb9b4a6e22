"""E01, the Expert Witness format: chunks of a medium, each with a checksum, in one file or several.

Format: J. Metz, "Expert Witness Compression Format" (libewf). dissect's reader holds every offset as a Python integer
and up to 32 MiB of chunks for each table, several gigabytes for a terabyte, and checks no checksum; so it is not used.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from kavalan.sources.archive.passage import DamagedError
from kavalan.sources.diskimage.recognise import EWF
from kavalan.sources.diskimage.streams import Readable, Recent, Stream, exactly
from kavalan.sources.item import Algorithm

_SECTION = struct.Struct("<16sQQ40xI")
_FILE_HEADER = 13
_TABLE_HEADER = 24
_CHUNK_MOST = 32 << 20
_HELD_BYTES = 16 << 20
_SECTIONS_MOST = 1 << 20
_COMPRESSED = 1 << 31


class _Section(NamedTuple):
    kind: bytes
    start: int
    end: int


class _Table(NamedTuple):
    """Where the offsets of a run of chunks are."""

    first: int
    length: int
    segment: Readable
    entries: int
    base: int


class Ewf(Stream):
    """The medium that is in the segments of an image.

    Attributes:
        digests: of the whole medium, as the image keeps them.
        trouble: what of the image is missing or does not have its checksum, in words.
    """

    def __init__(self, segments: Sequence[Readable]) -> None:
        """Read the sections of all segments, which come in their order.

        Raises:
            DamagedError: there is no volume section that can be read.
        """
        self.digests: tuple[tuple[Algorithm, bytes], ...] = ()
        self.trouble: list[str] = []
        self._tables: list[_Table] = []
        self._chunks = 0
        self._chunk_size = 0
        self._stated = 0
        size = 0
        for number, segment in enumerate(segments, 1):
            if not self._read_segment(number, segment):
                break
        if not self._chunk_size:
            raise DamagedError("; ".join([*self.trouble, "it has no section that describes its volume"]))
        size = min(self._stated or 1 << 62, self._chunks * self._chunk_size)
        if self._stated > size:
            self.trouble.append(
                f"{self._stated - size} of the medium's {self._stated} bytes are in segments that are not beside it"
            )
        super().__init__(size)
        self._firsts = [table.first for table in self._tables]
        self._offsets = Recent(16, self._entries_of)
        self._content = Recent(max(1, _HELD_BYTES // self._chunk_size), self._chunk)

    def at(self, offset: int, length: int) -> bytes:
        """Bytes of the medium.

        Raises:
            DamagedError: a chunk does not have its checksum, or is not there.
        """
        parts = []
        end = min(offset + length, self.size)
        while offset < end:
            number, skip = divmod(offset, self._chunk_size)
            part = self._content[number][skip : skip + end - offset]
            if not part:
                raise DamagedError(f"chunk {number} of the image is shorter than it should be")
            parts.append(part)
            offset += len(part)
        return b"".join(parts)

    def _read_segment(self, number: int, segment: Readable) -> bool:
        """Take in a segment's sections; whether it is one that the image can be read with."""
        header = segment.at(0, _FILE_HEADER)
        if not header.startswith(EWF) or len(header) < _FILE_HEADER or header[9] + 256 * header[10] != number:
            self.trouble.append(f"what stands in the place of segment {number} is another")
            return False
        at, last, spare = _FILE_HEADER, b"", False
        for _ in range(_SECTIONS_MOST):
            read = segment.at(at, _SECTION.size)
            if len(read) < _SECTION.size:
                break
            kind, following, size, checksum = _SECTION.unpack(read)
            last = kind.rstrip(b"\0")
            if zlib.adler32(read[:72]) != checksum:
                self.trouble.append(f"the section at byte {at} of segment {number} does not have its checksum")
                return False
            section = _Section(last, at + _SECTION.size, at + max(size, _SECTION.size))
            spare = self._heed(segment, section, spare)
            if last in {b"done", b"next"} or following <= at:
                break
            at = following
        if last not in {b"done", b"next"}:
            self.trouble.append(f"segment {number} ends before its last section")
        return True

    def _heed(self, segment: Readable, section: _Section, spare: bool) -> bool:
        """Take in one section; whether the next one stands in for it."""
        if section.kind in {b"volume", b"disk"} and not self._chunk_size:
            self._read_volume(segment, section)
        elif section.kind == b"table" and self._chunk_size:
            return not self._read_table(segment, section)
        elif section.kind == b"table2" and spare:
            self._tables.pop()
            self._chunks = self._tables[-1].first + self._tables[-1].length if self._tables else 0
            self._read_table(segment, section)
        elif section.kind == b"digest":
            read = segment.at(section.start, 36)
            stated: tuple[tuple[Algorithm, bytes], ...] = (("md5", read[:16]), ("sha1", read[16:36]))
            self.digests = tuple((name, digest) for name, digest in stated if any(digest))
        elif section.kind == b"hash" and not self.digests:
            read = segment.at(section.start, 16)
            self.digests = (("md5", read),) if any(read) else ()
        return False

    def _read_volume(self, segment: Readable, section: _Section) -> None:
        read = exactly(segment, section.start, 24)
        _, per_chunk, sector = struct.unpack_from("<III", read, 4)
        sectors = struct.unpack_from("<Q" if section.end - section.start >= 1052 else "<I", read, 16)[0]
        if not 0 < per_chunk * sector <= _CHUNK_MOST:
            raise DamagedError(f"its chunks would be of {per_chunk * sector} bytes")
        self._chunk_size = per_chunk * sector
        self._stated = sectors * sector

    def _read_table(self, segment: Readable, section: _Section) -> bool:
        """Take in where the chunks of a table are; whether its checksums hold."""
        header = exactly(segment, section.start, _TABLE_HEADER)
        count, base, checksum = struct.unpack("<I4xQ4xI", header)
        entries = section.start + _TABLE_HEADER
        room = max(0, min(section.end, segment.size) - entries) // 4
        intact = bool(zlib.adler32(header[:20]) == checksum and count <= room)
        if intact and count < room:
            read = exactly(segment, entries, 4 * count + 4)
            intact = bool(zlib.adler32(read[:-4]) == int.from_bytes(read[-4:], "little"))
        if not intact:
            self.trouble.append(f"the table at byte {section.start} does not have its checksum")
        self._tables.append(_Table(self._chunks, min(count, room), segment, entries, base))
        self._chunks += min(count, room)
        return intact

    def _entries_of(self, number: int) -> array[int]:
        table = self._tables[number]
        return array("I", exactly(table.segment, table.entries, 4 * table.length))

    def _chunk(self, number: int) -> bytes:
        which = bisect_right(self._firsts, number) - 1
        table, entries = self._tables[which], self._offsets[which]
        index = number - table.first
        if not 0 <= index < len(entries):
            raise DamagedError(f"chunk {number} of the image is not there")
        start = table.base + (entries[index] & ~_COMPRESSED)
        wanted = min(self._chunk_size, self.size - number * self._chunk_size)
        if not entries[index] & _COMPRESSED:
            return _stored(table.segment, start, wanted, number)
        packed = self._chunk_size + 4096
        if index + 1 < len(entries):
            following = table.base + (entries[index + 1] & ~_COMPRESSED)
            packed = min(packed, following - start) if following > start else packed
        return _unpacked(table.segment.at(start, packed), self._chunk_size, number)


def _stored(segment: Readable, start: int, wanted: int, number: int) -> bytes:
    read = segment.at(start, wanted + 4)
    if len(read) < wanted + 4:
        raise DamagedError(f"its image ends within chunk {number}")
    if zlib.adler32(read[:-4]) != int.from_bytes(read[-4:], "little"):
        raise DamagedError(f"chunk {number} of the image does not have its checksum")
    return read[:-4]


def _unpacked(packed: bytes, most: int, number: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error as error:
        raise DamagedError(f"chunk {number} of the image does not unpack: {error}") from error
