"""One immutable part of a Hamming index: distinct hashes in tables and balls, with a bit for each entry removed."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kavalan.matching import balls
from kavalan.matching.errors import IndexFileError
from kavalan.matching.plan import Plan, masks, plan
from kavalan.matching.probe import ABANDONED, ANSWERED, DAMAGED, MAX_QUERIES, probe, scan_balls, spell_out
from kavalan.matching.store import frozen
from kavalan.matching.tables import MAX_ROWS, distinct, empty_tables, fill_tables, group

FEW_ROWS = 4096
"""Below this many distinct hashes a scan is as quick as the tables, which would take 4 MB."""

U64 = NDArray[np.uint64]
I64 = NDArray[np.int64]
U32 = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Tables:
    """The sixteen tables of a segment (see `tables`); `rows` of them, and no memory where there are none."""

    starts: U32
    near: NDArray[np.uint16]
    low: NDArray[np.uint16]
    high: NDArray[np.uint8]

    @property
    def rows(self) -> int:
        """How many rows the tables hold; they are the segment's first."""
        return self.low.size // 16


@dataclass(frozen=True, slots=True)
class Balls:
    """Runs of rows that lie close together and are read as a whole (see `balls`).

    Attributes:
        centres: uint64 (4 k,).
        reach: int64 (k,), how far the furthest row is from its centre.
        bounds: int64 (k + 1,), where each run begins.
    """

    centres: U64
    reach: I64
    bounds: I64


@dataclass(slots=True)
class Segment:
    """Up to 2^24 entries, each a hash and an id.

    Attributes:
        hashes: uint64 (4 r,), the distinct hashes: those in the tables, then those in the balls.
        ids: int64 (n,), ascending; the entry's number is its place here.
        entry_starts: uint32 (r + 1,), where each row's entries begin in `entries`.
        entries: uint32 (n,); like `entry_starts` empty where row and entry are the same number.
        tables: the rows by chunk.
        balls: the rows that the tables leave out.
        dead: uint8, a bit for each entry removed; empty until one is.
        removed: how many bits are set in `dead`.
    """

    hashes: U64
    ids: I64
    entry_starts: U32
    entries: U32
    tables: Tables
    balls: Balls
    dead: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, np.uint8))
    removed: int = 0

    def __post_init__(self) -> None:
        for name in ("hashes", "ids", "entry_starts", "entries"):
            setattr(self, name, frozen(getattr(self, name)))

    @property
    def rows(self) -> int:
        """How many distinct hashes there are."""
        return self.hashes.size // 4

    @property
    def living(self) -> int:
        """How many entries have not been removed."""
        return self.ids.size - self.removed

    @property
    def nbytes(self) -> int:
        """How many bytes the arrays take."""
        parts = (self.hashes, self.ids, self.entry_starts, self.entries, self.dead, *self._parts())
        return sum(part.nbytes for part in parts)

    def _parts(self) -> tuple[NDArray[np.generic], ...]:
        tables, around = self.tables, self.balls
        return tables.starts, tables.near, tables.low, tables.high, around.centres, around.reach, around.bounds

    def places(self, ids: I64) -> I64:
        """The entry of each id, or -1 where it is not here or has been removed."""
        if self.ids.size == 0:
            return np.full(ids.size, -1, np.int64)
        at = np.searchsorted(self.ids, ids).clip(max=self.ids.size - 1)
        there = self.ids[at] == ids
        if self.dead.size:
            there &= (self.dead[at >> 3] >> (at & 7).astype(np.uint8) & 1) == 0
        return np.where(there, at, -1).astype(np.int64)

    def remove(self, places: I64) -> None:
        """Mark living entries, each named once, as removed."""
        if self.dead.size == 0:
            self.dead = np.zeros((self.ids.size + 7) // 8, np.uint8)
        np.bitwise_or.at(self.dead, places >> 3, np.uint8(1) << (places & 7).astype(np.uint8))
        self.removed += places.size

    def remaining(self) -> tuple[U64, I64]:
        """The living entries, (n, 4) hashes and their ids."""
        hashes = self.hashes.reshape(-1, 4)
        if self.entries.size:
            row_of = np.empty(self.ids.size, np.uint32)
            row_of[self.entries] = np.repeat(np.arange(self.rows, dtype=np.uint32), np.diff(self.entry_starts))
            hashes = hashes[row_of]
        if not self.removed:
            return hashes, self.ids
        alive = np.unpackbits(self.dead, count=self.ids.size, bitorder="little") == 0
        return hashes[alive], self.ids[alive]

    def plan(self, radius: int) -> Plan:
        """How a radius is answered here."""
        return plan(radius, self.tables.rows)

    def search(self, queries: U64, radius: int) -> U64:
        """The sorted hits of up to `MAX_QUERIES` (4 q,) queries.

        Raises:
            IndexFileError: when a table read from a file points out of its bounds.
        """
        hits = self._search_tables(queries, radius) if self.tables.rows else np.zeros(0, np.uint64)
        if self.balls.reach.size:
            hits = np.concatenate((hits, self._scan(queries, radius, self.balls)))
        hits.sort()
        return hits

    def scan(self, queries: U64, radius: int) -> U64:
        """The same by reading every row: the exact answer that `search` is held against."""
        hits = self._scan(queries, radius, _whole(self.rows))
        hits.sort()
        return hits

    def spell_out(self, hits: U64, base: int) -> tuple[I64, I64, NDArray[np.uint8]]:
        """Sorted hits as query places (from `base` on), ids and distances."""
        columns = np.empty(hits.size, np.int64), np.empty(hits.size, np.int64), np.empty(hits.size, np.uint8)
        spell_out(hits, base, self.ids, *columns)
        return columns

    def _scan(self, queries: U64, radius: int, around: Balls) -> U64:
        return scan_balls(
            queries, radius, around.centres, around.reach, around.bounds,
            self.hashes, self.entry_starts, self.entries, self.dead,
        )  # fmt: skip

    def _search_tables(self, queries: U64, radius: int) -> U64:
        how, tables = self.plan(radius), self.tables
        if how.scans:
            return self._scan(queries, radius, _whole(tables.rows))
        state = np.zeros(queries.size // 4, np.uint8)
        words, bits = masks()
        patience = max(8192, tables.rows >> 3)
        hits = probe(
            queries, queries.view(np.uint16), radius, how.budgets, how.probes, words, bits,
            tables.starts, tables.near, tables.low, tables.high,
            self.hashes, self.entry_starts, self.entries, self.dead, patience, state,
        )  # fmt: skip
        return self._scan_abandoned(queries, radius, state, hits) if state.any() else hits

    def _scan_abandoned(self, queries: U64, radius: int, state: NDArray[np.uint8], hits: U64) -> U64:
        if (state == DAMAGED).any():
            raise IndexFileError("the index points outside itself: its file is damaged. Fetch or build it again")
        kept = hits[state[(hits >> np.uint64(41)).astype(np.int64)] == ANSWERED]
        which = np.flatnonzero(state == ABANDONED)
        again = self._scan(frozen(queries.reshape(-1, 4)[which].reshape(-1)), radius, _whole(self.tables.rows))
        place = which[(again >> np.uint64(41)).astype(np.int64)].astype(np.uint64)
        return np.concatenate((kept, place << np.uint64(41) | again & np.uint64((1 << 41) - 1)))


def build_segment(hashes: U64, ids: I64) -> Segment:
    """Build a segment of (n, 4) hashes and their ids, all different, ascending; n at most 2^24.

    Memory: for each hash 32 bytes, 8 for its id and 80 in the tables; 8 more while it is built, and 8 more afterwards where
    hashes repeat or cluster.
    """
    if ids.size > MAX_ROWS:
        raise ValueError(f"a segment holds at most {MAX_ROWS} entries, not {ids.size}")
    rows, row_of = _distinct_rows(hashes)
    draft = _draft(rows)
    tables, around = draft.tables, draft.balls
    if tables.rows:
        sample = balls.draw_sample(rows)
        centres = balls.find_centres(sample, _draft(sample).search, len(rows))
        if len(centres):
            owner, centres = balls.gather(len(rows), centres, draft.search)
            rows, row_of, tables, around = _set_apart(rows, row_of, owner, centres)
    return Segment(rows.reshape(-1), ids, *_entries(row_of, len(rows)), tables, around)


def _draft(rows: U64) -> Segment:
    """Distinct rows, numbered as they stand, without any balls."""
    if len(rows) < FEW_ROWS:
        tables, around = _tables(rows[:0]), _whole(len(rows))
    else:
        tables = _tables(rows)
        around = _balls(np.zeros(0, np.uint64), [], np.zeros(1, np.int64))
    return Segment(rows.reshape(-1), np.zeros(0, np.int64), *_no_entries(), tables, around)


def _distinct_rows(hashes: U64) -> tuple[U64, U32]:
    """The distinct hashes, and which of them each entry has."""
    size = len(hashes)
    slots = np.full(1 << max(4, (2 * size - 1).bit_length()), 0xFFFFFFFF, np.uint32)
    first, row_of = np.empty(size, np.uint32), np.empty(size, np.uint32)
    amount = distinct(frozen(hashes.reshape(-1)), slots, first, row_of)
    return (hashes if amount == size else hashes[first[:amount]]), row_of


def _tables(rows: U64) -> Tables:
    parts = empty_tables(len(rows))
    if len(rows):
        fill_tables(frozen(rows.reshape(-1)).view(np.uint16), *parts)
    return Tables(*(frozen(part) for part in parts))


def _set_apart(rows: U64, row_of: U32, owner: NDArray[np.int32], centres: U64) -> tuple[U64, U32, Tables, Balls]:
    """Move the rows of balls behind the others, ball by ball, and leave them out of the tables."""
    order = np.argsort(owner, kind="stable").astype(np.uint32)
    new_place = np.empty(len(rows), np.uint32)
    new_place[order] = np.arange(len(rows), dtype=np.uint32)
    rows = rows[order]
    bounds = np.searchsorted(owner[order], np.arange(len(centres) + 1)).astype(np.int64)
    reach = [
        int(np.bitwise_count(rows[first:last] ^ centre).sum(axis=1, dtype=np.int64).max())
        for first, last, centre in zip(bounds, bounds[1:], centres, strict=False)
    ]
    around = _balls(centres.reshape(-1), reach, bounds)
    return rows, new_place[row_of], _tables(rows[: bounds[0]]), around


def _entries(row_of: U32, rows: int) -> tuple[U32, U32]:
    if rows == row_of.size and bool((row_of == np.arange(rows, dtype=np.uint32)).all()):
        return _no_entries()
    starts, members = np.zeros(rows + 1, np.uint32), np.empty(row_of.size, np.uint32)
    group(frozen(row_of), starts, members)
    return starts, members


def _no_entries() -> tuple[U32, U32]:
    return np.zeros(0, np.uint32), np.zeros(0, np.uint32)


def _whole(rows: int) -> Balls:
    """One ball so wide that every row is read."""
    return _balls(np.zeros(4, np.uint64), [256], np.array([0, rows], np.int64))


def _balls(centres: U64, reach: list[int], bounds: I64) -> Balls:
    return Balls(frozen(centres), frozen(np.array(reach, np.int64)), frozen(bounds))
