"""One immutable part of a Hamming index: distinct hashes in tables and balls, with a bit for each entry removed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kavalan.matching import balls
from kavalan.matching.errors import IndexFileError
from kavalan.matching.plan import Plan, masks, plan
from kavalan.matching.probe import (
    ABANDONED,
    ANSWERED,
    DAMAGED,
    Balls,
    Rows,
    Walk,
    Work,
    probe,
    scan_balls,
    sort_hits,
    spell_out,
)
from kavalan.matching.store import frozen
from kavalan.matching.tables import Tables, build_tables, distinct, group

FEW_ROWS = 4096
"""Below this many distinct hashes a scan is as quick as the tables, which would take 4 MB."""

FEW_HITS = 2048
"""So many are left to NumPy to sort."""

_RING = 4096
_FEW_CENTRES = 128

U64 = NDArray[np.uint64]
I64 = NDArray[np.int64]
U32 = NDArray[np.uint32]


@dataclass(slots=True)
class Segment:
    """Up to 2^24 entries, each a hash and an id.

    Attributes:
        ids: int64 (n,), ascending; the entry's number is its place here.
        rows: the distinct hashes, those in the tables first, then those in the balls; and which entries have them.
        tables: the rows by chunk.
        balls: the rows that the tables leave out.
        removed: how many bits are set in `rows.dead`.
    """

    ids: I64
    rows: Rows
    tables: Tables
    balls: Balls
    removed: int = 0

    @property
    def distinct(self) -> int:
        """How many distinct hashes there are."""
        return self.rows.hashes.size // 4

    @property
    def living(self) -> int:
        """How many entries have not been removed."""
        return self.ids.size - self.removed

    @property
    def nbytes(self) -> int:
        """How many bytes the arrays take."""
        return self.ids.nbytes + sum(array.nbytes for array in (*self.rows, *self.tables, *self.balls))

    def places(self, ids: I64) -> I64:
        """The entry of each id, or -1 where it is not here or has been removed."""
        if self.ids.size == 0:
            return np.full(ids.size, -1, np.int64)
        at = np.searchsorted(self.ids, ids).clip(max=self.ids.size - 1)
        there = self.ids[at] == ids
        if self.rows.dead.size:
            there &= (self.rows.dead[at >> 3] >> (at & 7).astype(np.uint8) & 1) == 0
        return np.where(there, at, -1).astype(np.int64)

    def remove(self, places: I64) -> None:
        """Mark living entries, each named once, as removed."""
        if self.rows.dead.size == 0:
            self.rows = self.rows._replace(dead=np.zeros((self.ids.size + 7) // 8, np.uint8))
        np.bitwise_or.at(self.rows.dead, places >> 3, np.uint8(1) << (places & 7).astype(np.uint8))
        self.removed += places.size

    def remaining(self) -> tuple[U64, I64]:
        """The living entries, (n, 4) hashes and their ids."""
        hashes = self.rows.hashes.reshape(-1, 4)
        if self.rows.entries.size:
            row_of = np.empty(self.ids.size, np.uint32)
            each = np.diff(self.rows.entry_starts)
            row_of[self.rows.entries] = np.repeat(np.arange(self.distinct, dtype=np.uint32), each)
            hashes = hashes[row_of]
        if not self.removed:
            return hashes, self.ids
        alive = np.unpackbits(self.rows.dead, count=self.ids.size, bitorder="little") == 0
        return hashes[alive], self.ids[alive]

    def plan(self, radius: int) -> Plan:
        """How a radius is answered here."""
        return plan(radius, self.tables.rows)

    def search(self, queries: U64, radius: int) -> U64:
        """The sorted hits of up to `MAX_QUERIES` (4 q,) queries.

        Raises:
            IndexFileError: when a table read from a file points out of its bounds.
        """
        hits = self.search_tables(queries, radius) if self.tables.rows else np.zeros(0, np.uint64)
        if self.balls.reach.size:
            hits = np.concatenate((hits, scan_balls(queries, radius, self.balls, self.rows)))
        return _in_order(hits)

    def scan(self, queries: U64, radius: int) -> U64:
        """The same by reading every row: the exact answer that `search` is held against."""
        return _in_order(scan_balls(queries, radius, _whole(self.distinct), self.rows))

    def spell_out(self, hits: U64) -> tuple[I64, I64, NDArray[np.uint8]]:
        """Sorted hits as the queries' places, ids and distances."""
        columns = np.empty(hits.size, np.int64), np.empty(hits.size, np.int64), np.empty(hits.size, np.uint8)
        spell_out(hits, self.ids, *columns)
        return columns

    def search_tables(self, queries: U64, radius: int) -> U64:
        """The hits among the rows in the tables, unsorted."""
        how = self.plan(radius)
        if how.scans:
            return scan_balls(queries, radius, _whole(self.tables.rows), self.rows)
        state = np.zeros(queries.size // 4, np.uint8)
        walk = Walk(radius, max(8192, self.tables.rows >> 3), how.budgets, how.probes, *masks())
        hits = probe(Work(queries, state, walk, self.tables, self.rows))
        return self._scan_abandoned(queries, radius, state, hits) if state.any() else hits

    def _scan_abandoned(self, queries: U64, radius: int, state: NDArray[np.uint8], hits: U64) -> U64:
        """Drop the incomplete hits of abandoned queries, and scan for them."""
        if (state == DAMAGED).any():
            raise IndexFileError("the index points outside itself: its file is damaged. Fetch or build it again")
        kept = hits[state[(hits >> np.uint64(41)).astype(np.int64)] == ANSWERED]
        which = np.flatnonzero(state == ABANDONED)
        asked = frozen(queries.reshape(-1, 4)[which].reshape(-1))
        again = scan_balls(asked, radius, _whole(self.tables.rows), self.rows)
        place = which[(again >> np.uint64(41)).astype(np.int64)].astype(np.uint64)
        return np.concatenate((kept, place << np.uint64(41) | again & np.uint64((1 << 41) - 1)))


def build_segment(hashes: U64, ids: I64) -> Segment:
    """Build a segment of (n, 4) hashes and their ids, all different, ascending; n at most 2^24.

    Memory: 32 bytes for each hash, 8 for its id and 80 in the tables; 12 to 24 more while it is built, and 8 more
    afterwards where hashes repeat or crowd.
    """
    rows, row_of = distinct_rows(hashes)
    if len(rows) < FEW_ROWS:
        return Segment(frozen(ids), _rows(rows, row_of), build_tables(rows[:0]), _whole(len(rows)))
    sample = balls.draw_sample(rows)
    centres = balls.find_centres(sample, _draft(sample, build_tables(sample)).search, len(rows))
    if not len(centres):
        return Segment(frozen(ids), _rows(rows, row_of), build_tables(rows), _no_balls())
    few = len(centres) <= _FEW_CENTRES  # then scanning for their members is quicker than tables for the purpose
    draft = _draft(rows, build_tables(rows[:0] if few else rows))
    owner, centres = balls.gather(len(rows), centres, draft.search)
    rows, row_of, tables, around = _set_apart(rows, row_of, owner, centres)
    return Segment(frozen(ids), _rows(rows, row_of), tables, around)


def _draft(rows: U64, tables: Tables) -> Segment:
    """Distinct rows, numbered as they stand, all in the tables or none."""
    everything = _rows(rows, np.arange(len(rows), dtype=np.uint32))
    return Segment(np.zeros(0, np.int64), everything, tables, _no_balls() if tables.rows else _whole(len(rows)))


def as_words(hashes: NDArray[np.uint8]) -> U64:
    """(n, 32) bytes as (n, 4) words, the same memory where that is possible.

    Raises:
        ValueError: when the shape or type is another.
    """
    if hashes.dtype != np.uint8 or hashes.ndim != 2 or hashes.shape[1] != 32:
        message = f"hashes must be uint8 of shape (n, 32), not {hashes.dtype} of shape {hashes.shape}"
        raise ValueError(message)
    return np.ascontiguousarray(hashes).view(np.uint64)


def distinct_rows(hashes: U64) -> tuple[U64, U32]:
    """The distinct hashes, and which of them each entry has."""
    size = len(hashes)
    slots = np.full(1 << max(4, (2 * size - 1).bit_length()), 0xFFFFFFFF, np.uint32)
    first, row_of = np.empty(size, np.uint32), np.empty(size, np.uint32)
    amount = distinct(frozen(hashes.reshape(-1)), slots, first, row_of)
    return (hashes if amount == size else hashes[first[:amount]]), row_of


def _set_apart(rows: U64, row_of: U32, owner: NDArray[np.int32], centres: U64) -> tuple[U64, U32, Tables, Balls]:
    """Move the rows of balls behind the others, ball by ball, the nearest to the centre first; no table has them.

    A large ball is cut into rings, each with the same centre and a reach of its own: a question from outside needs the
    outer ones only.
    """
    apart = np.zeros(len(rows), np.int64)
    crowded = owner >= 0
    apart[crowded] = np.bitwise_count(rows[crowded] ^ centres[owner[crowded]]).sum(axis=1, dtype=np.int64)
    order = np.lexsort((apart, owner)).astype(np.uint32)
    new_place = np.empty(len(rows), np.uint32)
    new_place[order] = np.arange(len(rows), dtype=np.uint32)
    apart, owner = apart[order], owner[order]
    ends = np.flatnonzero((np.diff(owner, append=-2) != 0) | (np.diff(apart, append=0) != 0)) + 1
    bounds = [int(np.searchsorted(owner, 0))]
    reach, centre_of = [], []
    for end in ends[ends > bounds[0]].tolist():
        if end == len(owner) or owner[end] != owner[end - 1] or end - bounds[-1] >= _RING:
            bounds.append(end)
            reach.append(int(apart[end - 1]))
            centre_of.append(int(owner[end - 1]))
    around = _balls(centres[centre_of].reshape(-1), reach, np.array(bounds, np.int64))
    rows = rows[order]
    return rows, new_place[row_of], build_tables(rows[: bounds[0]]), around


def _rows(rows: U64, row_of: U32) -> Rows:
    hashes, dead = frozen(rows.reshape(-1)), np.zeros(0, np.uint8)
    if len(rows) == row_of.size and bool((row_of == np.arange(len(rows), dtype=np.uint32)).all()):
        return Rows(hashes, frozen(np.zeros(0, np.uint32)), frozen(np.zeros(0, np.uint32)), dead)
    starts, members = np.zeros(len(rows) + 1, np.uint32), np.empty(row_of.size, np.uint32)
    group(frozen(row_of), starts, members)
    return Rows(hashes, frozen(starts), frozen(members), dead)


def _in_order(hits: U64) -> U64:
    if hits.size < FEW_HITS:
        hits.sort()
        return hits
    return sort_hits(hits, np.empty_like(hits))


def _whole(rows: int) -> Balls:
    """One ball so wide that every row is read."""
    return _balls(np.zeros(4, np.uint64), [256], np.array([0, rows], np.int64))


def _no_balls() -> Balls:
    return _balls(np.zeros(0, np.uint64), [], np.zeros(1, np.int64))


def _balls(centres: U64, reach: list[int], bounds: I64) -> Balls:
    return Balls(frozen(centres), frozen(np.array(reach, np.int64)), frozen(bounds))
