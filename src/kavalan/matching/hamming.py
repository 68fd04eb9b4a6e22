"""Every stored 256-bit hash within some bits of a query: exact, live, kept in a mapped file.

The index is a few segments (see `segment`), the largest first. Adding makes a small segment and merges it with the
last ones while these are less than four times its size: there are never more than about log4(n) of them, and an entry
is built in again about that often. Removing sets a bit; a segment of which a quarter is gone is built again. A saved
file holds no removed entry.

One thread may write; while it does not, any number may read. Other processes read a saved file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kavalan.matching import selftest
from kavalan.matching.plan import plan
from kavalan.matching.probe import MAX_QUERIES
from kavalan.matching.segment import Segment, as_words, build_segment
from kavalan.matching.segment_store import read_segment, write_segment
from kavalan.matching.selftest import SelfTest
from kavalan.matching.store import Store, StoreWriter, frozen
from kavalan.matching.tables import MAX_ROWS

KIND = "hamming 256"
_GROWTH = 4
_STALE = 4

U64 = NDArray[np.uint64]
I64 = NDArray[np.int64]
Columns = tuple[I64, I64, NDArray[np.uint8]]


class Matches(NamedTuple):
    """What a range search found, sorted by query, then distance, then id: three columns of one length.

    Attributes:
        query_index: int64, the query's place among those asked.
        id: int64.
        distance: uint8, in bits.
    """

    query_index: I64
    id: I64
    distance: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class HammingInfo:
    """What an index holds.

    Attributes:
        entries: ids that can be found.
        distinct: different hashes, those of removed entries included.
        removed: entries removed since they were last built in; a saved file has none.
        crowded: distinct hashes that are kept in balls, not tables.
        segments: how many parts every question goes through.
        nbytes: of all arrays, in memory or mapped.
        self_test: what was asked of its segments when they were built.
    """

    entries: int
    distinct: int
    removed: int
    crowded: int
    segments: int
    nbytes: int
    self_test: SelfTest


class HammingIndex:
    """Exact range search over 256-bit hashes with int64 ids. Made by `build` or `open`."""

    def __init__(self, parts: Iterable[tuple[Segment, SelfTest]]) -> None:
        self._parts = list(parts)
        self._store: Store | None = None

    @classmethod
    def build(cls, hashes: NDArray[np.uint8], ids: I64) -> HammingIndex:
        """Index hashes, and test the index against a scan.

        Args:
            hashes: (n, 32) uint8; they may repeat.
            ids: (n,) int64; they may not.

        Raises:
            ValueError: when the shapes or types are others, or an id comes twice.
            SelfTestError: when the index answers otherwise than a scan.
        """
        words, ordered = _sorted_entries(hashes, ids)
        if np.may_share_memory(words, hashes):
            words = words.copy()  # whoever called may write to theirs
        return cls(_build(words, ordered.copy() if ordered is ids else ordered))

    @classmethod
    def open(cls, path: Path) -> HammingIndex:
        """Map a saved index; nothing is read until it is asked for.

        Raises:
            IndexFileError: when the file is not a whole index of this kind and version.
            OSError: when it cannot be read.
        """
        store = Store(path, KIND)
        index = cls(_load(store, number) for number in range(int(store.facts["segments"])))
        index._store = store
        return index

    def save(self, path: Path) -> None:
        """Write the index to a file, which replaces another of this name when it is complete.

        Entries added and removed since the last build are built in first.

        Raises:
            OSError: when it cannot be written.
        """
        self._compact()
        with StoreWriter(path, KIND) as writer:
            for number, (segment, _) in enumerate(self._parts):
                write_segment(writer, f"{number}/", segment)
            tests = [{"queries": test.queries, "matches": test.matches} for _, test in self._parts]
            writer.finish({"segments": len(self._parts), "entries": len(self), "self_tests": tests})

    def verify(self) -> None:
        """Read the whole file that this index was opened from, and compare its checksums.

        Raises:
            IndexFileError: when it was changed.
        """
        if self._store is not None:
            self._store.verify()

    def __len__(self) -> int:
        return sum(segment.living for segment, _ in self._parts)

    def info(self) -> HammingInfo:
        """What the index holds."""
        segments = [segment for segment, _ in self._parts]
        return HammingInfo(
            entries=len(self),
            distinct=sum(segment.distinct for segment in segments),
            removed=self._removed(),
            crowded=sum(segment.distinct - segment.tables.rows for segment in segments if segment.tables.rows),
            segments=len(segments),
            nbytes=sum(segment.nbytes for segment in segments),
            self_test=sum((test for _, test in self._parts), SelfTest(0, 0)),
        )

    def plan(self, radius: int) -> str:
        """How the largest part is searched: "pigeonring, N probes" or "scan".

        Raises:
            ValueError: when the radius is not 0 to 64.
        """
        return plan(radius, max((segment.tables.rows for segment, _ in self._parts), default=0)).name

    def range_search(self, queries: NDArray[np.uint8], radius: int) -> Matches:
        """Every entry within `radius` bits of each query.

        Args:
            queries: (q, 32) uint8.
            radius: 0 to 64, in bits.

        Raises:
            ValueError: when the shape, the type or the radius is another.
            IndexFileError: when the file behind the index turns out to be damaged.
        """
        plan(radius, 0)
        asked = frozen(as_words(queries).reshape(-1))
        columns = []
        for first in range(0, len(queries), MAX_QUERIES):
            block = asked[4 * first : 4 * (first + MAX_QUERIES)]
            for segment, _ in self._parts:
                hits = segment.search(block, radius)
                if hits.size:
                    columns.append(_from(first, segment.spell_out(hits)))
        return _in_order(columns, several=len(self._parts) > 1)

    def add(self, hashes: NDArray[np.uint8], ids: I64) -> None:
        """Add entries; they are found from now on.

        Args:
            hashes: (n, 32) uint8.
            ids: (n,) int64, none of them in the index.

        Raises:
            ValueError: when the shapes or types are others, or an id comes twice or is known; then nothing is added.
        """
        words, ids = _sorted_entries(hashes, ids)
        known = np.zeros(ids.size, np.bool_)
        for segment, _ in self._parts:
            known |= segment.places(ids) >= 0
        if known.any():
            message = f"{known.sum()} ids are in the index already, the first is {ids[known][0]}"
            raise ValueError(message)
        grown = [(words, ids)]
        size = ids.size
        while self._parts and self._parts[-1][0].living < _GROWTH * size:
            if size + self._parts[-1][0].living > MAX_ROWS:
                break
            segment, _ = self._parts.pop()
            grown.append(segment.remaining())
            size += segment.living
        self._parts += _build(*_together(grown))

    def remove(self, ids: I64) -> None:
        """Remove entries; they are not found from now on.

        Args:
            ids: (n,) int64, all of them in the index.

        Raises:
            ValueError: when one comes twice or is not in the index; nothing is removed then.
        """
        ids = np.sort(np.asarray(ids, np.int64))
        _refuse_twins(ids)
        places = [segment.places(ids) for segment, _ in self._parts]
        unknown = np.logical_and.reduce([at < 0 for at in places]) if places else np.ones(ids.size, np.bool_)
        if unknown.any():
            message = f"{unknown.sum()} ids are not in the index, the first is {ids[unknown][0]}"
            raise ValueError(message)
        for number in reversed(range(len(places))):
            segment, _ = self._parts[number]
            segment.remove(places[number][places[number] >= 0])
            if segment.removed * _STALE > segment.ids.size:
                self._parts[number : number + 1] = _build(*segment.remaining())

    def _compact(self) -> None:
        """Leave full segments and one that is not, and no removed entry in any."""
        done = [part for part in self._parts if part[0].ids.size == MAX_ROWS and not part[0].removed]
        rest = [part for part in self._parts if part[0].ids.size < MAX_ROWS or part[0].removed]
        if len(rest) > 1 or any(segment.removed for segment, _ in rest):
            rest = _build(*_together([segment.remaining() for segment, _ in rest]))
        self._parts = done + rest

    def _removed(self) -> int:
        return sum(segment.removed for segment, _ in self._parts)


def _sorted_entries(hashes: NDArray[np.uint8], ids: I64) -> tuple[U64, I64]:
    """Hashes as (n, 4) words and ids, both by ascending id, checked."""
    words = as_words(hashes)
    if ids.dtype != np.int64 or ids.shape != (len(words),):
        message = f"ids must be int64 of shape ({len(words)},), not {ids.dtype} of shape {ids.shape}"
        raise ValueError(message)
    if not (ids[1:] > ids[:-1]).all():
        order = np.argsort(ids)
        words, ids = words[order], ids[order]
        _refuse_twins(ids)
    return words, ids


def _refuse_twins(ids: I64) -> None:
    twins = ids[1:][ids[1:] == ids[:-1]]
    if twins.size:
        message = f"{np.unique(twins).size} ids come more than once, the first is {twins[0]}"
        raise ValueError(message)


def _build(words: U64, ids: I64) -> list[tuple[Segment, SelfTest]]:
    """Segments of at most `MAX_ROWS`, tested. The arrays are kept."""
    parts = []
    for first in range(0, ids.size, MAX_ROWS):
        segment = build_segment(words[first : first + MAX_ROWS], ids[first : first + MAX_ROWS])
        parts.append((segment, selftest.run(segment)))
    return parts


def _together(entries: list[tuple[U64, I64]]) -> tuple[U64, I64]:
    """Entries of several origins by ascending id."""
    words, ids = (np.concatenate(column) for column in zip(*entries, strict=True))
    order = np.argsort(ids)
    return words[order], ids[order]


def _from(first: int, columns: Columns) -> Columns:
    """The columns of a later block of queries, counted from the first query of all."""
    query, found, distance = columns
    if first:
        query += first
    return query, found, distance


def _in_order(columns: list[Columns], *, several: bool) -> Matches:
    if not columns:
        return Matches(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.uint8))
    if len(columns) == 1:
        return Matches(*columns[0])
    query, found, distance = (np.concatenate(column) for column in zip(*columns, strict=True))
    if not several:
        return Matches(query, found, distance)
    order = np.lexsort((found, distance, query))
    return Matches(query[order], found[order], distance[order])


def _load(store: Store, number: int) -> tuple[Segment, SelfTest]:
    segment = read_segment(store, f"{number}/")
    test = store.facts["self_tests"][number]
    return segment, SelfTest(int(test["queries"]), int(test["matches"]))
