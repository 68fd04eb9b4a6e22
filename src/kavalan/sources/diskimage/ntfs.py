"""NTFS by its master file table, once for the files that are listed and once for those that were deleted.

The table, not the folders' indexes: it holds a file's names, streams and times in one place, names files whose index is
damaged, and keeps those that were deleted until their record is used again.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator

from dissect.ntfs.stream import CompressedRunlistStream

from kavalan.sources.archive.passage import CHUNK, DamagedError
from kavalan.sources.archive.records import Rest, Still
from kavalan.sources.diskimage.entry import DEEPEST, Entry, Seen, nothing
from kavalan.sources.diskimage.mft import COMPRESSED, ENCRYPTED, Name, Piece, Record, record_of, segments_in
from kavalan.sources.diskimage.streams import Readable, Recent, Stream, exactly, stretches

_ROOT, _OWN, _EXTEND = 5, 24, 11
_ORPHAN = b"$orphan"
_UNNAMED = Name(-1, 0, b"unnamed")
_LIST_MOST = 1 << 20
_TABLE_AT_ONCE = 256
_RECORDS_MOST = 1 << 28
_PACKED_MOST = 1 << 24  # clusters: dissect lists them one by one
_STILL_EVERY = 2048
_LINKS = {0xA000000C: "symbolic link, not followed", 0xA0000003: "junction, not followed"}
_SYSTEM_COMPRESSED = 0x80000017
_CLOUD = 0x9000001A


class Ntfs:
    """A volume."""

    name = "ntfs"

    def __init__(self, volume: Readable) -> None:
        head = exactly(volume, 0, 512)
        sector = int.from_bytes(head[11:13], "little")
        per_cluster = head[13] if head[13] <= 0x80 else 1 << (256 - head[13])
        self._volume = volume
        self._cluster = sector * per_cluster
        first = int.from_bytes(head[48:56], "little")
        size = struct.unpack_from("<b", head, 64)[0]
        self._size = 1 << -size if size < 0 else size * self._cluster
        if self._cluster not in (1 << n for n in range(9, 22)) or not 512 <= self._size <= 65536:
            raise DamagedError("its clusters or records are of no size that is allowed")
        own = record_of(exactly(volume, first * self._cluster, self._size))
        if own is None:
            raise DamagedError("its master file table does not begin where it should")
        self._table = Runs(volume, self._table_pieces(own), self._cluster)
        self._count = min(self._table.size, self._table.held, volume.size) // self._size
        self._pages = Recent(16, self._page)
        self._folders = Recent(65536, self._folder)

    def entries(self) -> Iterator[Seen]:
        """All files, those that are listed first. NTFS's own files are none."""
        if self._count > _RECORDS_MOST:
            yield Rest(f"its master file table would hold {self._count} records; the first {_RECORDS_MOST} are read")
            self._count = _RECORDS_MOST
        unused = array("Q")
        yield from self._listed(unused)
        if self._shadowed():
            yield Rest("it holds volume shadow copies, earlier states of files, which are not read")
        for count, number in enumerate(unused, 1):
            if count % _STILL_EVERY == 0:
                yield Still()
            record = record_of(self._raw(number))
            if record is not None:
                yield from self._files(record, deleted=True)

    def _listed(self, unused: array[int]) -> Iterator[Seen]:
        """The files that are listed; the records of others are noted."""
        damaged = 0
        for number in range(_OWN, self._count):
            if number % _STILL_EVERY == 0:
                yield Still()
            try:
                record = record_of(self._raw(number))
            except DamagedError:
                damaged += 1
                continue
            if record is not None and not record.base:
                if record.in_use:
                    yield from self._files(record, deleted=False)
                else:
                    unused.append(number)
        if damaged:
            yield Rest(f"{damaged} records of its master file table are damaged")

    def _table_pieces(self, own: Record) -> list[Piece]:
        """The pieces of the table, which may be too many for its first record; each names where the next is found."""
        pieces = own.streams.get(b"", [])
        if own.far_list is None and not own.further:
            return pieces
        self._table = Runs(self._volume, pieces, self._cluster)
        self._pages = Recent(16, self._page)
        for number in sorted(self._further(own)):
            if number:
                further = record_of(self._raw(number))
                pieces = pieces + (further.streams.get(b"", []) if further else [])
                self._table = Runs(self._volume, pieces, self._cluster)
                self._pages = Recent(16, self._page)
        return pieces

    def _page(self, page: int) -> bytes:
        return self._table.at(page * _TABLE_AT_ONCE * self._size, _TABLE_AT_ONCE * self._size)

    def _raw(self, number: int) -> bytes:
        page, at = divmod(number, _TABLE_AT_ONCE)
        return self._pages[page][at * self._size : (at + 1) * self._size]

    def _further(self, record: Record) -> set[int]:
        """The records that hold more of a file."""
        if record.far_list is None:
            return record.further
        listed = Runs(self._volume, [record.far_list], self._cluster)
        return set(segments_in(listed.at(0, min(listed.size, _LIST_MOST))))

    def _whole(self, record: Record) -> Record:
        """The record with what its continuations say."""
        for number in sorted(self._further(record)):
            try:
                more = record_of(self._raw(number)) if number < self._count else None
            except DamagedError:
                continue
            if more is not None and more.base:
                record.names += more.names
                for name, pieces in more.streams.items():
                    record.streams.setdefault(name, []).extend(pieces)
                record.reparse = record.reparse or more.reparse
        return record

    def _files(self, record: Record, *, deleted: bool) -> Iterator[Entry]:
        record = self._whole(record)
        for link in record.names or ([_UNNAMED] if record.streams and not record.folder else []):
            path = self._path(link)
            if path is None:
                continue
            streams = record.streams if record.folder else {b"": [], **record.streams}
            for stream, pieces in sorted(streams.items()):
                if stream or not record.folder:
                    name = path + b":" + stream if stream else path
                    yield self._entry(name, stream, pieces, record, deleted=deleted)

    def _path(self, link: Name) -> bytes | None:
        """Where a name is; None for what is below NTFS's own folder."""
        parts = [link.name]
        while link.parent != _ROOT:
            if link.parent == _EXTEND:
                return None
            above = self._folders[link.parent] if 0 <= link.parent < self._count else None
            if above is None or link.sequence not in above[1] or len(parts) > DEEPEST:
                parts.append(_ORPHAN)
                break
            link = above[0]
            parts.append(link.name)
        return b"/".join(reversed(parts))

    def _folder(self, number: int) -> tuple[Name, set[int]] | None:
        """A folder's name, and the sequence numbers by which what is in it may know it."""
        try:
            record = record_of(self._raw(number))
        except DamagedError:
            return None
        if record is None or not record.folder:
            return None
        names = record.names or self._whole(record).names
        # A folder that was deleted has been counted on: what lay in it still names the number of before.
        sequences = {record.sequence} if record.in_use else {record.sequence, record.sequence - 1}
        return (names[0], sequences) if names else None

    def _entry(self, name: bytes, stream: bytes, pieces: list[Piece], record: Record, *, deleted: bool) -> Entry:
        data = Runs(self._volume, pieces, self._cluster)
        created, modified, changed, accessed = record.times
        refusal = None if stream else _refused(record)
        remarks = ("deleted: where it lay may have been written over since",) if deleted and not data.resident else ()
        if data.flags & ENCRYPTED:
            remarks = (*remarks, "encrypted by Windows (EFS): its bytes are the encrypted ones")
        return Entry(
            name,
            data.chunks if refusal is None else nothing,
            data.size,
            modified=modified,
            created=created,
            accessed=accessed,
            changed=changed,
            refusal=refusal,
            remarks=remarks,
            deleted=deleted,
        )

    def _shadowed(self) -> bool:
        """Whether the catalogue of shadow copies is there."""
        return self._volume.at(0x1E00, 16) == bytes.fromhex("6b870838 76c1 4848 b7ae 04046e6cc752")


def _refused(record: Record) -> str | None:
    if record.reparse in _LINKS:
        return _LINKS[record.reparse]
    if record.reparse == _SYSTEM_COMPRESSED:
        return "compressed by Windows (WOF), not unpacked; its stream WofCompressedData holds it"
    if record.reparse & 0xFFFF0FFF == _CLOUD and not record.streams.get(b""):
        return "kept in a cloud, not on this volume"
    return None


class Runs(Stream):
    """A stream of a file.

    Attributes:
        resident: it lies in its record.
        flags: `COMPRESSED`, `ENCRYPTED`.
    """

    def __init__(self, volume: Readable, pieces: list[Piece], cluster: int) -> None:
        ordered = sorted(pieces, key=lambda piece: piece.first)
        first = ordered[0] if ordered and not ordered[0].first else None
        self.resident = first is None or first.resident is not None
        self.flags = first.flags if first else 0
        self._volume = volume
        self._cluster = cluster
        self._first = first
        self._runs = [run for piece in ordered for run in piece.runs]
        super().__init__(first.size if first else 0)

    @property
    def held(self) -> int:
        """Bytes of the volume that its runs take."""
        return sum(count for cluster, count in self._runs if cluster is not None) * self._cluster

    def chunks(self) -> Iterator[bytes]:
        """Its content, in pieces."""
        first = self._first
        if first is None:
            return
        if first.resident is not None:
            yield first.resident
        elif self.flags & COMPRESSED:
            yield from self._unpacked(first)
        else:
            yield from stretches(self._volume, self._written(first), self.size)

    def at(self, offset: int, length: int) -> bytes:
        """Bytes of it, of what is not compressed; none behind a stretch that is missing."""
        if self._first is not None and self._first.resident is not None:
            return self._first.resident[offset : offset + length]
        parts, begin = [], 0
        end = min(offset + length, self.size)
        for cluster, count in self._runs:
            stop = begin + count * self._cluster
            low, high = max(offset, begin), min(end, stop)
            if low < high:
                start = None if cluster is None else cluster * self._cluster + low - begin
                parts.append(bytes(high - low) if start is None else self._volume.at(start, high - low))
            begin = stop
        return b"".join(parts)

    def _written(self, first: Piece) -> Iterator[tuple[int | None, int]]:
        """Runs in bytes; what was never written is a hole, whatever lies there."""
        left = min(first.valid, self.size)
        for cluster, count in self._runs:
            length = count * self._cluster
            if left < length and cluster is not None:
                yield cluster * self._cluster, left
                yield None, length - left
            else:
                yield (None if cluster is None else cluster * self._cluster), length
            left = max(0, left - length)

    def _unpacked(self, first: Piece) -> Iterator[bytes]:
        if not 0 < first.unit <= 8:
            raise DamagedError("it is compressed in units of no size that is allowed")
        if sum(count for _, count in self._runs) > _PACKED_MOST:
            raise DamagedError("it is compressed and of more clusters than are read")
        opened = CompressedRunlistStream(self._volume, self._runs, self.size, self._cluster, first.unit)
        while piece := opened.read(CHUNK):
            yield piece
