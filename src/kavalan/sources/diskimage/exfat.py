"""exFAT: its directories as they lie, and in them the entries that were deleted.

Format: Microsoft, "exFAT file system specification" 1.00. A reader of our own, since dissect's reads the whole volume
before its first file and only the first cluster of a folder that has no chain.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from kavalan.sources.archive.passage import DamagedError
from kavalan.sources.archive.records import Rest, Still
from kavalan.sources.diskimage.entry import DEEPEST, Chunks, Entry, Seen, nothing
from kavalan.sources.diskimage.fat import Clusters, dos_time, guessed, utf8
from kavalan.sources.diskimage.streams import Readable, exactly, stretches
from kavalan.sources.diskimage.walk import steps

_DIRECTORY_MOST = 256 << 20
_PIECE = 1 << 16
_FILE, _STREAM, _NAME, _IN_USE = 0x05, 0x40, 0x41, 0x80
_FOLDER = 0x10
_QUARTER = 15 * 60 * 1_000_000


class _Found(NamedTuple):
    """A file's set of entries."""

    name: bytes
    cluster: int
    size: int
    valid: int
    chained: bool
    folder: bool
    deleted: bool
    raw: bytes


class ExFat:
    """A volume."""

    name = "exfat"

    def __init__(self, volume: Readable) -> None:
        head = exactly(volume, 0, 512)
        table, _, heap, count, self._root = struct.unpack_from("<IIIII", head, 80)
        shift, per_cluster = head[108], head[109]
        if not 9 <= shift <= 12 or shift + per_cluster > 25:
            raise DamagedError("its sectors or clusters are of no size that is allowed")
        sector = 1 << shift
        self._clusters = Clusters(
            volume, table=table * sector, width=32, heap=heap * sector, size=sector << per_cluster, count=count
        )

    def entries(self) -> Iterator[Seen]:
        """All files, those that are listed first."""
        yield from self._walk(deleted=False)
        yield from self._walk(deleted=True)

    def _walk(self, *, deleted: bool) -> Iterator[Seen]:
        visited = {self._root}
        levels = [self._listing(b"", _Found(b"", self._root, _DIRECTORY_MOST, 0, True, True, False, b""))]
        for step in steps(levels):
            if not isinstance(step, _Found):
                if isinstance(step, Still) or not deleted:
                    yield step
            elif not step.folder:
                if step.deleted is deleted:
                    yield self._entry(step)
            elif (trouble := self._trouble(step, visited, len(levels))) is not None:
                if step.size and not step.deleted and not deleted:
                    yield Rest(trouble)
            elif not step.deleted or deleted:
                visited.add(step.cluster)
                levels.append(self._listing(step.name + b"/", step))

    def _trouble(self, folder: _Found, visited: set[int], depth: int) -> str | None:
        """Why a folder is not read."""
        if not self._clusters.exists(folder.cluster) or folder.cluster in visited:
            return f"a folder that begins at cluster {folder.cluster}, which cannot be or was read before"
        return f"folders more than {DEEPEST} deep are not read" if depth > DEEPEST else None

    def _listing(self, prefix: bytes, folder: _Found) -> Iterator[_Found | Rest]:
        try:
            for found in _sets(self._pieces(folder)):
                yield found._replace(name=prefix + found.name, deleted=found.deleted or folder.deleted)
        except DamagedError as damage:
            if not folder.deleted:
                yield Rest(f"a folder whose entries are not all read: {damage}")

    def _pieces(self, folder: _Found) -> Iterator[bytes]:
        """The bytes of a directory, of which the root has no stated size."""
        read = 0
        for start, length in self._runs(folder):
            for at in range(0, length, _PIECE):
                piece = exactly(self._clusters.volume, start + at, min(_PIECE, length - at))
                read += len(piece)
                if read > _DIRECTORY_MOST:
                    raise DamagedError("it is longer than a folder may be")
                yield piece

    def _runs(self, found: _Found) -> Iterator[tuple[int, int]]:
        if found.chained and not found.deleted:
            return self._clusters.chain(found.cluster)
        return self._clusters.contiguous(found.cluster, min(found.size, _DIRECTORY_MOST))

    def _entry(self, found: _Found) -> Entry:
        raw = found.raw
        modified, created, accessed = (
            _moment(raw, at, zone, hundredths) for at, zone, hundredths in ((12, 23, 21), (8, 22, 20), (16, 24, None))
        )
        remarks, refusal, chunks = self._content(found)
        return Entry(
            found.name,
            chunks,
            found.size,
            modified=modified,
            created=created,
            accessed=accessed,
            local=not raw[23] & _IN_USE,
            refusal=refusal,
            remarks=remarks,
            deleted=found.deleted,
        )

    def _content(self, found: _Found) -> tuple[tuple[str, ...], str | None, Chunks]:
        """Remarks, refusal and bytes of a file; what was never written reads as zeros."""
        clusters = self._clusters
        if not found.size:
            return (), None, nothing
        if not clusters.exists(found.cluster):
            return (), "deleted; where it lay is not recorded" if found.deleted else "begins nowhere", nothing
        if found.deleted:
            return guessed(clusters, found.cluster, found.size)
        valid = min(found.valid, found.size)

        def runs() -> Iterator[tuple[int | None, int]]:
            left = valid
            whole = (
                self._clusters.contiguous(found.cluster, valid) if not found.chained else clusters.chain(found.cluster)
            )
            for start, length in whole:
                if left <= 0:
                    break
                yield start, min(length, left)
                left -= length
            if left <= 0:
                yield None, found.size - valid

        return (), None, lambda: stretches(clusters.volume, runs(), found.size)


def _sets(pieces: Iterator[bytes]) -> Iterator[_Found]:
    """The files of a directory; entries that make no whole file are passed over."""
    held: list[bytes] = []
    for piece in pieces:
        for at in range(0, len(piece) - 31, 32):
            raw = piece[at : at + 32]
            if not raw[0]:
                return
            kind = raw[0] & 0x7F
            if kind == _FILE:
                held = [raw]
            elif held and kind in {_STREAM, _NAME} and raw[0] & _IN_USE == held[0][0] & _IN_USE:
                held.append(raw)
            if len(held) > 2 and len(held) == held[0][1] + 1:
                found = _found(held)
                held = []
                if found is not None:
                    yield found


def _found(entries: list[bytes]) -> _Found | None:
    raw, stream, *names = entries
    if stream[0] & 0x7F != _STREAM or any(name[0] & 0x7F != _NAME for name in names):
        return None
    name = utf8(b"".join(name[2:] for name in names)[: 2 * stream[3]])
    valid, cluster, size = struct.unpack_from("<Q4xIQ", stream, 8)
    deleted = not raw[0] & _IN_USE
    chained = not stream[1] & 2
    return _Found(name.replace(b"/", b"_"), cluster, size, valid, chained, bool(raw[4] & _FOLDER), deleted, raw)


def _moment(raw: bytes, at: int, zone: int, hundredths: int | None) -> int | None:
    """A time: in UTC where its zone is stated, else on the maker's clock."""
    local = dos_time(raw[at + 2 : at + 4], raw[at : at + 2], 0 if hundredths is None else raw[hundredths])
    if local is None or not raw[zone] & _IN_USE:
        return local
    quarters = raw[zone] & 0x7F
    return local - (quarters - 128 if quarters & 0x40 else quarters) * _QUARTER
