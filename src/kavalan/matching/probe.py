"""Kernels that answer: the walk through the tables, the scan, and the hits they leave.

A hit is one uint64: the query's place in bits 41 and up, the distance in bits 32 to 40, the entry's number below.
Entries are numbered by ascending id, so sorting the hits sorts them by query, distance and id.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kavalan.matching.kernels import LANES, kernel, lowest_bit, near_mask, popcount, prefetch, signed
from kavalan.matching.tables import Tables

MAX_QUERIES = 1 << 16
"""How many queries one call of a kernel takes."""

ANSWERED, ABANDONED, DAMAGED = 0, 1, 2
"""What `probe` says of a query: done; too many candidates, scan instead; a table points nowhere."""

U64 = NDArray[np.uint64]
U32 = NDArray[np.uint32]
U16 = NDArray[np.uint16]
U8 = NDArray[np.uint8]
I64 = NDArray[np.int64]
_WORD = np.uint64(0xFFFF)
_PENDING = 1024
_PREFETCHED = 8 * LANES  # eight cache lines of a bucket; the machine follows a longer run by itself
_BLOCK = 512  # 16 KiB of hashes stay in the first cache while the queries pass over them


class Rows(NamedTuple):
    """What the tables and balls speak of.

    Attributes:
        hashes: uint64 (4 r,), the distinct hashes.
        entry_starts: uint32 (r + 1,), where each row's entries begin in `entries`.
        entries: uint32 (n,); like `entry_starts` empty where row and entry are the same number.
        dead: uint8, a bit for each entry removed; empty where none is.
    """

    hashes: U64
    entry_starts: U32
    entries: U32
    dead: U8


class Balls(NamedTuple):
    """Runs of rows that lie close together and are read as a whole.

    Attributes:
        centres: uint64 (4 k,).
        reach: int64 (k,), how far the furthest row of the run is from its centre; 256 for a run that is always read.
        bounds: int64 (k + 1,), where each run begins, and where the last ends.
    """

    centres: U64
    reach: I64
    bounds: I64


class Walk(NamedTuple):
    """How the tables are walked (see `plan`).

    Attributes:
        radius: in bits.
        patience: how many candidates one query may have before it is left to a scan.
        budgets: int64 (16,), each chunk's radius plus one.
        probes: int64 (16,), how many of `masks` each chunk looks up.
        masks: uint16, the words of few bits, fewest first.
        mask_bits: uint16, how many.
    """

    radius: int
    patience: int
    budgets: I64
    probes: I64
    masks: U16
    mask_bits: U16


class Work(NamedTuple):
    """One call's question: (4 q,) queries, and a byte for each that receives ANSWERED, ABANDONED or DAMAGED."""

    queries: U64
    state: U8
    walk: Walk
    tables: Tables
    rows: Rows


class Block(NamedTuple):
    """Room for one block of a scan: the rows found, as place << 9 | distance, and every row's distance."""

    found: I64
    apart: U16


class Pending(NamedTuple):
    """Candidates that wait to be compared: their places in the tables, and each one's query << 4 | chunk."""

    places: I64
    tags: I64


@kernel
def distance(left: U64, i: int, right: U64, j: int) -> int:
    """How many bits the i-th hash of one flat array differs in from the j-th of another."""
    a, b = 4 * i, 4 * j
    return (
        popcount(left[a] ^ right[b])
        + popcount(left[a + 1] ^ right[b + 1])
        + popcount(left[a + 2] ^ right[b + 2])
        + popcount(left[a + 3] ^ right[b + 3])
    )


@kernel
def _word(hashes: U64, i: int, chunk: int) -> np.uint64:
    """One of the sixteen words of a hash."""
    return np.uint64(hashes[4 * i + (chunk >> 2)] >> np.uint64(16 * (chunk & 3)) & _WORD)


@kernel
def _entries_of(rows: Rows, row: int) -> int:
    """How many entries a row has, removed ones too."""
    return signed(rows.entry_starts[row + 1]) - signed(rows.entry_starts[row]) if rows.entries.size > 0 else 1


@kernel
def _grown(hits: U64, count: int, more: int) -> U64:
    """The hits so far in an array with room for more."""
    if count + more <= hits.size:
        return hits
    grown = np.empty(max(2 * hits.size, count + more), np.uint64)
    grown[:count] = hits[:count]
    return grown


@kernel
def _emit(rows: Rows, head: int, row: int, hits: U64, count: int) -> int:
    """Append a hit, `head` being query << 9 | distance, for each living entry of a row; there must be room."""
    first = signed(rows.entry_starts[row]) if rows.entries.size > 0 else row
    for at in range(first, first + _entries_of(rows, row)):
        entry = signed(rows.entries[at]) if rows.entries.size > 0 else at
        hits[count] = head << 32 | entry
        count += rows.dead.size == 0 or not rows.dead[entry >> 3] >> (entry & 7) & 1
    return count


@kernel
def _first_start(queries: U64, query: int, hashes: U64, row: int, budgets: I64) -> int:
    """The first chunk whose table leads to this pair: only there it is a hit, so that it is told once."""
    here = popcount(_word(queries, query, 0) ^ _word(hashes, row, 0))
    for chunk in range(16):
        after = (chunk + 1) & 15
        following = popcount(_word(queries, query, after) ^ _word(hashes, row, after))
        if here < budgets[chunk] and here + following < budgets[chunk] + budgets[after]:
            return chunk
        here = following
    return -1


@kernel
def _settle(work: Work, pending: Pending, waiting: int, hits: U64, count: int) -> tuple[U64, int]:
    """Compare the waiting candidates in full. All their rows are asked for before the first is looked at."""
    low, high = work.tables.low, work.tables.high
    rows = low.size // 16
    for k in range(waiting):
        at = pending.places[k]
        pending.places[k] = signed(low[at]) | signed(high[at]) << 16
        prefetch(work.rows.hashes, 4 * pending.places[k])
    for k in range(waiting):
        row, query = pending.places[k], pending.tags[k] >> 4
        if row >= rows:
            work.state[query] = DAMAGED
            continue
        bits = distance(work.queries, query, work.rows.hashes, row)
        if bits > work.walk.radius:
            continue
        start = _first_start(work.queries, query, work.rows.hashes, row, work.walk.budgets)
        if start == pending.tags[k] & 15:
            hits = _grown(hits, count, _entries_of(work.rows, row))
            count = _emit(work.rows, query << 9 | bits, row, hits, count)
    return hits, count


@kernel
def _open_buckets(work: Work, step: int, spans: I64) -> None:
    """Note where the buckets of one step begin and end, and begin to fetch them."""
    chunk = step // work.state.size
    query = step - chunk * work.state.size
    base, word = chunk << 16, signed(_word(work.queries, query, chunk))
    for k in range(work.walk.probes[chunk]):
        bucket = base | word ^ signed(work.walk.masks[k])
        first, last = signed(work.tables.starts[bucket]), signed(work.tables.starts[bucket + 1])
        spans[2 * k] = first
        spans[2 * k + 1] = last
        for at in range(first, min(last, first + _PREFETCHED), LANES):
            prefetch(work.tables.near, at)


@kernel
def _sift(tables: Tables, span: tuple[int, int], wanted: tuple[int, int, int], pending: Pending, waiting: int) -> int:
    """Let those of up to 32 entries wait whose next word is near the one wanted: (word, limit, tag)."""
    at, end = span
    word, limit, tag = wanted
    mask = signed(near_mask(tables.near, at, np.uint16(word), np.uint16(limit)))
    if end - at < LANES:
        mask &= (1 << (end - at)) - 1
    while mask:
        place = at + lowest_bit(np.uint32(mask))
        mask &= mask - 1
        prefetch(tables.low, place)
        prefetch(tables.high, place)
        pending.places[waiting] = place
        pending.tags[waiting] = tag
        waiting += 1
    return waiting


@kernel
def probe(work: Work) -> U64:
    """Find, through the tables, every row within the radius of each query.

    The tables are walked one after the other, all queries in each, so that most of a batch's random reads fall into a
    cache. While one step is looked through, the buckets of the next are on their way.

    Returns:
        The hits, unsorted, each once; those of a query that was abandoned are not complete.
    """
    walk, queries, state = work.walk, work.queries, work.state
    count, waiting = 0, 0
    hits = np.empty(256, np.uint64)
    pending = Pending(np.empty(_PENDING, np.int64), np.empty(_PENDING, np.int64))
    candidates = np.zeros(state.size, np.int64)
    spans = np.empty((2, 2 * walk.masks.size), np.int64)
    _open_buckets(work, 0, spans[0])
    for step in range(16 * state.size):
        if step + 1 < 16 * state.size:
            _open_buckets(work, step + 1, spans[(step + 1) & 1])
        chunk = step // state.size
        query = step - chunk * state.size
        after = (chunk + 1) & 15
        word = signed(_word(queries, query, after))
        room = walk.budgets[chunk] + walk.budgets[after] - 1
        for k in range(walk.probes[chunk]):
            if state[query] != ANSWERED:
                break
            wanted = (word, room - signed(walk.mask_bits[k]), query << 4 | chunk)
            end = spans[step & 1, 2 * k + 1]
            for at in range(spans[step & 1, 2 * k], end, LANES):
                before = waiting
                waiting = _sift(work.tables, (at, end), wanted, pending, waiting)
                candidates[query] += waiting - before
                if waiting > _PENDING - LANES:
                    hits, count = _settle(work, pending, waiting, hits, count)
                    waiting = 0
                    if candidates[query] > walk.patience:
                        state[query] = max(state[query], np.uint8(ABANDONED))
                        break
    hits, count = _settle(work, pending, waiting, hits, count)
    return hits[:count]


@kernel
def _close_rows(queries: U64, query: int, hashes: U64, radius: int, block: Block) -> int:
    """List the hashes of a block that are close to a query, as place << 9 | distance; all loops without a branch."""
    found, apart = block.found, block.apart
    a, b, c, d = queries[4 * query], queries[4 * query + 1], queries[4 * query + 2], queries[4 * query + 3]
    amount = hashes.size // 4
    for row in range(amount):
        left = popcount(hashes[4 * row] ^ a) + popcount(hashes[4 * row + 1] ^ b)
        apart[row] = left + popcount(hashes[4 * row + 2] ^ c) + popcount(hashes[4 * row + 3] ^ d)
    close, count = 0, 0
    for row in range(amount):
        close += apart[row] <= radius
    if close == 0:
        return 0
    for row in range(amount):
        found[count] = row << 9 | apart[row]
        count += apart[row] <= radius
    return close


@kernel
def scan_balls(queries: U64, radius: int, balls: Balls, rows: Rows) -> U64:
    """Compare each query with every row of the balls that it comes near to.

    By the triangle inequality a query further from a ball's centre than its reach and the radius has no match in it.

    Returns:
        The hits, unsorted, each once.
    """
    count = 0
    hits = np.empty(256, np.uint64)
    near = np.empty(queries.size // 4 + 1, np.int64)
    block = Block(np.empty(_BLOCK + 1, np.int64), np.empty(_BLOCK, np.uint16))
    for ball in range(balls.reach.size):
        amount = 0
        for query in range(queries.size // 4):
            near[amount] = query
            amount += distance(queries, query, balls.centres, ball) <= balls.reach[ball] + radius
        if amount == 0:
            continue
        for first in range(balls.bounds[ball], balls.bounds[ball + 1], _BLOCK):
            hashes = rows.hashes[4 * first : 4 * min(first + _BLOCK, balls.bounds[ball + 1])]
            for query in near[:amount]:
                close = _close_rows(queries, query, hashes, radius, block)
                more = 0
                for k in range(close):
                    more += _entries_of(rows, first + (block.found[k] >> 9))
                hits = _grown(hits, count, more + 1)
                for k in range(close):
                    count = _emit(rows, query << 9 | block.found[k] & 511, first + (block.found[k] >> 9), hits, count)
    return hits[:count]


@kernel
def sort_hits(hits: U64, spare: U64) -> U64:
    """Sort hits by radix, the last digit first; either array comes back. NumPy takes four times as long."""
    for shift in (0, 12, 32, 45):  # the entry's number, below 2^24; the distance and the query, below 2^26
        counts = np.zeros(1 << 13, np.int64)
        mask = np.uint64(0x1FFF if shift >= 32 else 0xFFF)
        for k in range(hits.size):
            counts[signed(hits[k] >> np.uint64(shift) & mask)] += 1
        if counts[signed(hits[0] >> np.uint64(shift) & mask)] == hits.size:
            continue
        at = 0
        for digit in range(counts.size):
            amount = counts[digit]
            counts[digit] = at
            at += amount
        for k in range(hits.size):
            digit = signed(hits[k] >> np.uint64(shift) & mask)
            spare[counts[digit]] = hits[k]
            counts[digit] += 1
        hits, spare = spare, hits
    return hits


@kernel
def spell_out(hits: U64, ids: I64, query_index: I64, found: I64, distances: U8) -> None:
    """Write sorted hits as three columns."""
    for k in range(hits.size):
        query_index[k] = hits[k] >> np.uint64(41)
        distances[k] = hits[k] >> np.uint64(32) & np.uint64(0x1FF)
        found[k] = ids[signed(hits[k] & np.uint64(0xFFFFFFFF))]
