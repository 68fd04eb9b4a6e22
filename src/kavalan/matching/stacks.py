"""Near-duplicates put together, so that a person decides once for what is practically one picture.

Two hashes within the radius are in one stack, and so is whatever a chain of such pairs leads to (single link): the
result does not depend on the order, and no near pair is ever torn apart. The price is that a chain may drift: its ends
can differ by more than the radius. Hence a radius of 10 by default, far below the 31 bits at which two pictures are
taken for the same: copies that were re-encoded or resized lie within it. Whoever lets one decision hold for a whole
stack should show how far its members are apart.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kavalan.matching.segment import Segment, as_words, build_segment, distinct_rows
from kavalan.matching.store import frozen
from kavalan.matching.tables import MAX_ROWS
from kavalan.matching.union import flatten, join_near, join_pairs

STACK_RADIUS = 10
"""Bits between neighbours in a stack, unless said otherwise."""

MAX_STACK_RADIUS = 31

U64 = NDArray[np.uint64]
I64 = NDArray[np.int64]
_BLOCK = 4096


def stacks(hashes: NDArray[np.uint8], radius: int = STACK_RADIUS) -> I64:
    """Say which stack each hash is in.

    Args:
        hashes: (n, 32) uint8, at most 2^24 distinct ones.
        radius: 0 to 31, in bits.

    Returns:
        (n,) int64: for each hash the place of its stack's first member.

    Raises:
        ValueError: when the shape, the type, the radius or the number of hashes is another.
    """
    if not 0 <= radius <= MAX_STACK_RADIUS:
        message = f"the radius of a stack must be 0 to {MAX_STACK_RADIUS} bits, not {radius}"
        raise ValueError(message)
    rows, row_of = distinct_rows(as_words(hashes))
    if len(rows) > MAX_ROWS:
        message = f"at most {MAX_ROWS} distinct hashes can be stacked, not {len(rows)}"
        raise ValueError(message)
    segment = build_segment(rows, np.arange(len(rows), dtype=np.int64))
    parent = np.arange(len(rows), dtype=np.int64)
    _join_tables(segment, parent, radius)
    _join_balls(segment, frozen(rows.reshape(-1)), parent, radius)
    flatten(parent)
    first = np.empty(len(rows), np.int64)
    first[row_of[::-1]] = np.arange(len(row_of))[::-1]
    return np.asarray(first[parent[row_of]])


def _places(segment: Segment, first: int, last: int) -> I64:
    """The hashes' numbers, as they were given, of a run of the segment's rows."""
    entries = segment.rows.entries
    return entries[first:last].astype(np.int64) if entries.size else np.arange(first, last, dtype=np.int64)


def _join_tables(segment: Segment, parent: I64, radius: int) -> None:
    """Join what is near among the rows in the tables: no crowd is among them, so their pairs are few."""
    for first in range(0, segment.tables.rows, _BLOCK):
        last = min(first + _BLOCK, segment.tables.rows)
        hits = segment.search_tables(segment.rows.hashes[4 * first : 4 * last], radius)
        asked = _places(segment, first, last)
        join_pairs(parent, asked[_queries(hits)], _entries(hits))


def _join_balls(segment: Segment, hashes: U64, parent: I64, radius: int) -> None:
    """Join what is near within each ball, between it and the tables, and between it and the balls before it."""
    around = segment.balls
    centres = around.centres.reshape(-1, 4)
    members = [_places(segment, *bounds) for bounds in zip(around.bounds, around.bounds[1:], strict=False)]
    for ball, (rows, centre, reach) in enumerate(zip(members, centres, around.reach.tolist(), strict=True)):
        if not rows.size:
            continue
        join_near(parent, hashes, rows, rows, radius)
        if segment.tables.rows:
            join_near(parent, hashes, _entries(segment.search_tables(frozen(centre), reach + radius)), rows, radius)
        apart = np.bitwise_count(centres[:ball] ^ centre).sum(axis=1, dtype=np.int64)
        for other in np.flatnonzero(apart <= around.reach[:ball] + reach + radius):
            join_near(parent, hashes, members[other], rows, radius)


def _queries(hits: U64) -> I64:
    return (hits >> np.uint64(41)).astype(np.int64)


def _entries(hits: U64) -> I64:
    return (hits & np.uint64(0xFFFFFFFF)).astype(np.int64)
