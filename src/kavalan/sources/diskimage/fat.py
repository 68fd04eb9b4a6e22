"""FAT12, FAT16 and FAT32: their directories as they lie, and in them the entries that were deleted.

Format: Microsoft, "FAT32 File System Specification" 1.03. A reader of our own, since dissect's passes over deleted
entries and follows a chain that leads in a circle until memory ends.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from kavalan.sources.archive.passage import DamagedError
from kavalan.sources.archive.records import Rest, Still
from kavalan.sources.diskimage.entry import DEEPEST, Entry, Seen, nothing
from kavalan.sources.diskimage.streams import Readable, Recent, exactly, stretches
from kavalan.sources.diskimage.walk import steps

_PAGE = 1 << 16
_DIRECTORY_MOST = 2 << 20
_DELETED, _VOLUME, _DIRECTORY, _LONG = 0xE5, 0x08, 0x10, 0x0F
_LONG_PARTS = ((1, 11), (14, 26), (28, 32))
_RUN_MOST = 4096  # clusters: a long file begins to come before its chain has been followed to its end


class Clusters:
    """The clusters of a volume and which follows which."""

    def __init__(self, volume: Readable, *, table: int, width: int, heap: int, size: int, count: int) -> None:
        """Describe it.

        Args:
            volume: all of it.
            table: byte at which the first file allocation table begins.
            width: bits of an entry: 12, 16 or 32.
            heap: byte at which cluster 2 begins.
            size: bytes of a cluster.
            count: how many there are.
        """
        self.volume = volume
        self.size = size
        self.count = count
        self._width = width
        self._heap = heap
        self._last = {12: 0xFF8, 16: 0xFFF8, 32: 0x0FFFFFF8}[width]
        self._pages: Recent[int, bytes] = Recent(64, lambda page: volume.at(table + page * _PAGE, _PAGE + 1))

    def at(self, cluster: int) -> int:
        """The byte at which a cluster begins."""
        return self._heap + (cluster - 2) * self.size

    def exists(self, cluster: int) -> bool:
        """Whether there is one of that number."""
        return 2 <= cluster < self.count + 2

    def following(self, cluster: int) -> int:
        """The entry of a cluster: the next one, 0 where it is free, or a number beyond the last."""
        page, at = divmod(cluster * 3 // 2 if self._width == 12 else cluster * self._width // 8, _PAGE)
        read = self._pages[page][at : at + 4]
        value = int.from_bytes(read, "little")
        if self._width == 12:
            return (value >> 4 if cluster & 1 else value) & 0xFFF
        return value & (0xFFFF if self._width == 16 else 0x0FFFFFFF)

    def chain(self, first: int) -> Iterator[tuple[int, int]]:
        """Runs of a chain: byte offset and length.

        Raises:
            DamagedError: it leads in a circle or to a cluster that is not there.
        """
        start = cluster = first
        for _ in range(self.count):
            if not self.exists(cluster):
                raise DamagedError(f"its chain leads to cluster {cluster}, which is not there")
            following = self.following(cluster)
            if following != cluster + 1 or cluster - start >= _RUN_MOST:
                yield self.at(start), (cluster - start + 1) * self.size
                start = following
            if following >= self._last:
                return
            cluster = following
        raise DamagedError("its chain of clusters leads in a circle")

    def contiguous(self, first: int, size: int) -> Iterator[tuple[int, int]]:
        """The run that begins at a cluster."""
        if size:
            yield self.at(first), -(-size // self.size) * self.size

    def taken(self, first: int, size: int) -> int:
        """How many of the clusters that follow one another from the first belong to a file now."""
        last = min(first - -size // self.size, self.count + 2)
        return sum(1 for cluster in range(first, last) if self.following(cluster))


class _Found(NamedTuple):
    """An entry of a directory."""

    name: bytes
    cluster: int
    size: int
    folder: bool
    deleted: bool
    raw: bytes


class Fat:
    """A volume."""

    def __init__(self, volume: Readable) -> None:
        head = exactly(volume, 0, 512)
        sector, per_cluster, reserved, fats, roots, small = struct.unpack_from("<HBHBHH", head, 11)
        size16, large = struct.unpack_from("<H", head, 22)[0], struct.unpack_from("<I", head, 32)[0]
        table_size = size16 or struct.unpack_from("<I", head, 36)[0]
        root_at = (reserved + fats * table_size) * sector
        heap = root_at + -(-roots * 32 // sector) * sector
        count = ((small or large) * sector - heap) // (sector * per_cluster)
        # A volume's kind is told by the number of its clusters and by nothing else.
        width = 12 if count < 4085 else 16 if count < 65525 else 32
        count = min(count, table_size * sector * 8 // width - 2)
        self.name = f"fat{width}"
        self._clusters = Clusters(
            volume, table=reserved * sector, width=width, heap=heap, size=sector * per_cluster, count=count
        )
        self._root = struct.unpack_from("<I", head, 44)[0] if width == 32 else 0
        self._fixed = (root_at, roots * 32)

    def entries(self) -> Iterator[Seen]:
        """All files, those that are listed first."""
        yield from self._walk(deleted=False)
        yield from self._walk(deleted=True)

    def _walk(self, *, deleted: bool) -> Iterator[Seen]:
        visited: set[int] = {self._root}
        levels = [self._listing(b"", self._root, gone=False)]
        for step in steps(levels):
            if isinstance(step, Rest | Still):
                if isinstance(step, Still) or not deleted:
                    yield step
                continue
            prefix, found = step
            name = prefix + found.name
            if not found.folder:
                if found.deleted is deleted:
                    yield self._entry(name, found)
            elif found.cluster in visited or not self._clusters.exists(found.cluster):
                if found.deleted is deleted and not found.deleted:
                    yield Rest(f"a folder that begins at cluster {found.cluster}, which cannot be or was read before")
            elif len(levels) > DEEPEST:
                yield Rest(f"folders more than {DEEPEST} deep are not read")
            elif not found.deleted or (deleted and self._is_folder(found.cluster)):
                visited.add(found.cluster)
                levels.append(self._listing(name + b"/", found.cluster, gone=found.deleted))

    def _listing(self, prefix: bytes, cluster: int, *, gone: bool) -> Iterator[tuple[bytes, _Found] | Rest]:
        """The entries of one directory; of one that was deleted, those of its first cluster."""
        content, trouble = self._directory(cluster, gone=gone)
        for found in listed(content):
            yield prefix, found._replace(deleted=found.deleted or gone)
        if trouble is not None:
            yield Rest(f"a folder whose entries are not all read: {trouble}")

    def _directory(self, cluster: int, *, gone: bool) -> tuple[bytes, str | None]:
        clusters = self._clusters
        if not cluster:
            return clusters.volume.at(*self._fixed), None
        if gone:
            return clusters.volume.at(clusters.at(cluster), clusters.size), None
        content = bytearray()
        try:
            for start, length in clusters.chain(cluster):
                content += exactly(clusters.volume, start, min(length, _DIRECTORY_MOST - len(content)))
                if len(content) >= _DIRECTORY_MOST:
                    return bytes(content), "it is longer than a folder may be"
        except DamagedError as damage:
            return bytes(content), str(damage)
        return bytes(content), None

    def _is_folder(self, cluster: int) -> bool:
        """Whether a deleted directory's first cluster still holds its entries."""
        head = self._clusters.volume.at(self._clusters.at(cluster), 64)
        own = int.from_bytes(head[26:28] + head[20:22], "little")
        return head[:11] == b".          " and own == cluster and head[32:43] == b"..         "

    def _entry(self, name: bytes, found: _Found) -> Entry:
        raw = found.raw
        remarks, refusal, chunks = self._content(found)
        return Entry(
            name,
            chunks,
            found.size,
            modified=dos_time(raw[24:26], raw[22:24]),
            created=dos_time(raw[16:18], raw[14:16], raw[13]),
            accessed=dos_time(raw[18:20]),
            local=True,
            refusal=refusal,
            remarks=remarks,
            deleted=found.deleted,
        )

    def _content(self, found: _Found) -> tuple[tuple[str, ...], str | None, Callable[[], Iterator[bytes]]]:
        """Remarks, refusal and bytes of a file."""
        clusters, first, size = self._clusters, found.cluster, found.size
        if not size:
            return (), None, nothing
        if not clusters.exists(first):
            return (), "deleted; where it lay is not recorded" if found.deleted else "begins nowhere", nothing
        if not found.deleted:
            return (), None, lambda: stretches(clusters.volume, clusters.chain(first), size)
        return guessed(clusters, first, size)


def guessed(
    clusters: Clusters, first: int, size: int
) -> tuple[tuple[str, ...], str | None, Callable[[], Iterator[bytes]]]:
    """What a deleted file may have been: nobody recorded where it went on behind its first cluster."""
    if size > (clusters.count + 2 - first) * clusters.size:
        return (), "deleted; from where it began it would lead beyond the volume", nothing
    whole = -(-size // clusters.size)
    used = clusters.taken(first, size)
    remarks = ["deleted: read as if it had lain in one piece"]
    if used:
        remarks.append(f"{used} of its {whole} clusters belong to other files now")
    return tuple(remarks), None, lambda: stretches(clusters.volume, clusters.contiguous(first, size), size)


def listed(content: bytes) -> Iterator[_Found]:
    """The entries of a directory, without `.`, `..` and labels."""
    long: list[bytes] = []
    for at in range(0, len(content) - 31, 32):
        raw = content[at : at + 32]
        if not raw[0]:
            return
        if raw[11] & 0x3F == _LONG:
            long.append(raw)
            continue
        before, long = long, []
        if raw[:11] in {b".          ", b"..         "} or raw[11] & _VOLUME:
            continue
        deleted = raw[0] == _DELETED
        cluster = int.from_bytes(raw[26:28] + raw[20:22], "little")
        size = int.from_bytes(raw[28:32], "little")
        folder = bool(raw[11] & _DIRECTORY)
        yield _Found(_long_name(before, raw, deleted=deleted) or _short_name(raw), cluster, size, folder, deleted, raw)


def _long_name(parts: list[bytes], raw: bytes, *, deleted: bool) -> bytes | None:
    """The long name that stands before an entry, where it is its own."""
    parts = [part for part in parts if (part[0] == _DELETED) is deleted]
    parts = _run_of_one_name(parts)
    if not parts or not _is_of(parts[-1][13], raw, deleted=deleted):
        return None
    units = b"".join(part[start:end] for part in reversed(parts) for start, end in _LONG_PARTS)
    end = next((at for at in range(0, len(units), 2) if units[at : at + 2] == b"\0\0"), len(units))
    name = utf8(units[:end])
    return name if name and b"/" not in name else None


def _run_of_one_name(parts: list[bytes]) -> list[bytes]:
    """The last parts that have one checksum; of a name that is in use, from its first part on."""
    start = len(parts)
    while start and parts[start - 1][13] == parts[-1][13]:
        start -= 1
        if parts[start][0] != _DELETED and parts[start][0] & 0x40:
            break
    return parts[start:][-20:]


def _is_of(checksum: int, raw: bytes, *, deleted: bool) -> bool:
    """Whether a short name has the checksum; of a deleted one the first byte may have been any."""
    firsts = range(256) if deleted else (raw[0],)
    return any(short_checksum(bytes([first]) + raw[1:11]) == checksum for first in firsts)


def short_checksum(name: bytes) -> int:
    """Of the eleven bytes of a short name, as its long name keeps it."""
    total = 0
    for byte in name:
        total = (((total & 1) << 7) + (total >> 1) + byte) & 0xFF
    return total


def _short_name(raw: bytes) -> bytes:
    first = b"_" if raw[0] == _DELETED else b"\xe5" if raw[0] == 5 else raw[:1]
    base, ending = (first + raw[1:8]).rstrip(b" "), raw[8:11].rstrip(b" ")
    base = base.lower() if raw[12] & 8 else base
    ending = ending.lower() if raw[12] & 16 else ending
    return (base + b"." + ending if ending else base).replace(b"/", b"_")


def utf8(units: bytes) -> bytes:
    """UTF-16 as UTF-8; halves of pairs that stand alone keep their own three bytes."""
    return units.decode("utf-16-le", "surrogatepass").encode("utf-8", "surrogatepass")


def dos_time(date: bytes, time: bytes = b"\0\0", hundredths: int = 0) -> int | None:
    """Microseconds from 1970 on the maker's clock; None where the date is none."""
    day, seconds = int.from_bytes(date, "little"), int.from_bytes(time, "little")
    try:
        moment = datetime(1980 + (day >> 9), day >> 5 & 15, day & 31, tzinfo=UTC)
    except ValueError:
        return None
    past = timedelta(
        hours=seconds >> 11, minutes=seconds >> 5 & 63, seconds=2 * (seconds & 31), milliseconds=10 * hundredths
    )
    return round((moment + past).timestamp() * 1_000_000)
