"""Kernels that answer: the walk through the tables, the scan, and the hits they leave.

A hit is one uint64: the query's place in bits 41 and up, the distance in bits 32 to 40, the entry's number below. Entries are
numbered by ascending id, so sorting the hits sorts them by query, distance and id.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kavalan.matching.kernels import LANES, kernel, lowest_bit, near_mask, popcount, prefetch

MAX_QUERIES = 1 << 16
"""How many queries one call of a kernel takes."""

ANSWERED, ABANDONED, DAMAGED = 0, 1, 2
"""What `probe` says of a query: done; too many candidates, scan instead; a table points nowhere."""

U64 = NDArray[np.uint64]
U32 = NDArray[np.uint32]
U16 = NDArray[np.uint16]
U8 = NDArray[np.uint8]
I64 = NDArray[np.int64]
_PENDING = 1024
_PREFETCHED_LINES = 8
_BLOCK = 512  # 16 KiB of hashes stay in the first cache while the queries pass over them


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
def _emit(
    hits: U64, count: int, query: int, bits: int, row: int, entry_starts: U32, entries: U32, dead: U8
) -> tuple[U64, int]:
    """Append a hit for each living entry of a row; the array grows as it must."""
    first, last = row, row + 1
    if entries.size > 0:
        first, last = np.int64(entry_starts[row]), np.int64(entry_starts[row + 1])
    if count + last - first > hits.size:
        grown = np.empty(max(2 * hits.size, count + last - first), np.uint64)
        grown[:count] = hits[:count]
        hits = grown
    head = np.uint64(query) << np.uint64(41) | np.uint64(bits) << np.uint64(32)
    for at in range(first, last):
        entry = np.int64(entries[at]) if entries.size > 0 else at
        if dead.size > 0 and dead[entry >> 3] >> (entry & 7) & 1:
            continue
        hits[count] = head | np.uint64(entry)
        count += 1
    return hits, count


@kernel
def _first_start(left: U64, i: int, right: U64, j: int, budgets: I64) -> int:
    """The first chunk whose table leads to this pair: only there it is a hit, so that it is told once."""
    a, b = 4 * i, 4 * j
    wrapped = popcount((left[a] ^ right[b]) & np.uint64(0xFFFF))
    here = wrapped
    for chunk in range(16):
        following = wrapped
        if chunk < 15:
            word = (chunk + 1) >> 2
            shift = np.uint64(16 * ((chunk + 1) & 3))
            following = popcount((left[a + word] ^ right[b + word]) >> shift & np.uint64(0xFFFF))
        if here < budgets[chunk] and here + following < budgets[chunk] + budgets[(chunk + 1) & 15]:
            return chunk
        here = following
    return -1


@kernel
def _settle(
    pending: I64,
    tags: I64,
    waiting: int,
    queries: U64,
    budgets: I64,
    low: U16,
    high: U8,
    rows: int,
    hashes: U64,
    entry_starts: U32,
    entries: U32,
    dead: U8,
    radius: int,
    state: U8,
    hits: U64,
    count: int,
) -> tuple[U64, int]:
    """Compare the waiting candidates in full. All their rows are asked for before the first is looked at."""
    for k in range(waiting):
        at = pending[k]
        row = np.int64(low[at]) | np.int64(high[at]) << 16
        pending[k] = row
        prefetch(hashes, 4 * row)
    for k in range(waiting):
        row, query, chunk = pending[k], tags[k] >> 4, tags[k] & 15
        if row >= rows:
            state[query] = DAMAGED
            continue
        bits = distance(queries, query, hashes, row)
        if bits <= radius and _first_start(queries, query, hashes, row, budgets) == chunk:
            hits, count = _emit(hits, count, query, bits, row, entry_starts, entries, dead)
    return hits, count


@kernel
def _open_buckets(
    words: U16, query: int, chunk: int, probes: int, masks: U16, starts: U32, near: U16, spans: U32
) -> None:
    """Note where the buckets of one query and chunk begin and end, and begin to fetch them."""
    base = chunk << 16
    word = words[16 * query + chunk]
    for k in range(probes):
        bucket = base | np.int64(word ^ masks[k])
        first, last = starts[bucket], starts[bucket + 1]
        spans[2 * k] = first
        spans[2 * k + 1] = last
        end = min(np.int64(last), np.int64(first) + _PREFETCHED_LINES * LANES)
        for at in range(np.int64(first), end, LANES):
            prefetch(near, at)


@kernel
def probe(
    queries: U64,
    words: U16,
    radius: int,
    budgets: I64,
    probes: I64,
    masks: U16,
    mask_bits: U16,
    starts: U32,
    near: U16,
    low: U16,
    high: U8,
    hashes: U64,
    entry_starts: U32,
    entries: U32,
    dead: U8,
    patience: int,
    state: U8,
) -> U64:
    """Find, through the tables, every row within `radius` of each query.

    The tables are walked one after the other, all queries in each, so that of a batch's random reads most fall into a cache.

    Args:
        queries: (4 q,) hashes; `words` is the same memory as 16-bit words.
        radius: in bits.
        budgets: see `Plan`; so `probes`.
        masks: every word of few bits, fewest first; `mask_bits` counts them.
        starts: the tables (see `tables`); so `near`, `low`, `high`.
        hashes: the rows.
        entry_starts: where each row's entries begin in `entries`; both empty where row and entry are the same number.
        dead: a bit for each entry removed; empty where none is.
        patience: how many candidates one query may have before it is abandoned to a scan.
        state: (q,), receives ANSWERED, ABANDONED (its hits are incomplete) or DAMAGED for each query.

    Returns:
        The hits, unsorted, each once.
    """
    count, waiting = 0, 0
    hits = np.empty(256, np.uint64)
    pending, tags = np.empty(_PENDING, np.int64), np.empty(_PENDING, np.int64)
    candidates = np.zeros(state.size, np.int64)
    spans = np.empty((2, 2 * masks.size), np.uint32)
    rows = low.size // 16
    steps = 16 * state.size
    _open_buckets(words, 0, 0, probes[0], masks, starts, near, spans[0])
    for step in range(steps):
        if step + 1 < steps:
            ahead = (step + 1) // state.size
            _open_buckets(
                words,
                step + 1 - ahead * state.size,
                ahead,
                probes[ahead],
                masks,
                starts,
                near,
                spans[(step + 1) & 1],
            )
        chunk = step // state.size
        query = step - chunk * state.size
        if state[query] != ANSWERED:
            continue
        tag = query << 4 | chunk
        found = waiting
        next_word = words[16 * query + ((chunk + 1) & 15)]
        room = budgets[chunk] + budgets[(chunk + 1) & 15] - 1
        for k in range(probes[chunk]):
            limit = np.uint16(room - mask_bits[k])
            at, end = np.int64(spans[step & 1, 2 * k]), np.int64(spans[step & 1, 2 * k + 1])
            while at < end:
                mask = near_mask(near, at, next_word, limit)
                if end - at < LANES:
                    mask &= (np.uint32(1) << np.uint32(end - at)) - np.uint32(1)
                while mask != 0:
                    place = at + lowest_bit(mask)
                    mask &= mask - np.uint32(1)
                    prefetch(low, place)
                    prefetch(high, place)
                    pending[waiting] = place
                    tags[waiting] = tag
                    waiting += 1
                at += LANES
                if waiting > _PENDING - LANES:
                    candidates[query] += waiting - found
                    hits, count = _settle(
                        pending, tags, waiting, queries, budgets, low, high, rows, hashes,
                        entry_starts, entries, dead, radius, state, hits, count,
                    )  # fmt: skip
                    waiting, found = 0, 0
                    if candidates[query] > patience and state[query] == ANSWERED:
                        state[query] = ABANDONED
                        break
            if state[query] != ANSWERED:
                break
        candidates[query] += waiting - found
    hits, count = _settle(
        pending, tags, waiting, queries, budgets, low, high, rows, hashes,
        entry_starts, entries, dead, radius, state, hits, count,
    )  # fmt: skip
    return hits[:count]


@kernel
def _close_rows(queries: U64, query: int, hashes: U64, first: int, last: int, radius: int, rows: I64, bits: I64) -> int:
    """List the rows from `first` to `last` that are close to a query, and how close; without a branch."""
    found = 0
    a, b, c, d = queries[4 * query], queries[4 * query + 1], queries[4 * query + 2], queries[4 * query + 3]
    for row in range(first, last):
        at = 4 * row
        apart = (
            popcount(hashes[at] ^ a)
            + popcount(hashes[at + 1] ^ b)
            + popcount(hashes[at + 2] ^ c)
            + popcount(hashes[at + 3] ^ d)
        )
        rows[found] = row
        bits[found] = apart
        found += apart <= radius
    return found


@kernel
def scan_balls(
    queries: U64,
    radius: int,
    centres: U64,
    reach: I64,
    bounds: I64,
    hashes: U64,
    entry_starts: U32,
    entries: U32,
    dead: U8,
) -> U64:
    """Compare each query with every row of the balls that it comes near to.

    A ball is a run of rows, `bounds[k]` up to `bounds[k + 1]`, all within `reach[k]` bits of its centre; by the triangle
    inequality a query further than `reach[k] + radius` from the centre has no match in it. A reach of 256 is a plain scan.

    Returns:
        The hits, unsorted, each once.
    """
    count = 0
    hits = np.empty(256, np.uint64)
    amount = queries.size // 4
    close = np.empty(amount, np.int64)
    rows, bits = np.empty(_BLOCK, np.int64), np.empty(_BLOCK, np.int64)
    for ball in range(reach.size):
        closing = 0
        for query in range(amount):
            if distance(queries, query, centres, ball) <= reach[ball] + radius:
                close[closing] = query
                closing += 1
        if closing == 0:
            continue
        for block in range(bounds[ball], bounds[ball + 1], _BLOCK):
            end = min(block + _BLOCK, bounds[ball + 1])
            for k in range(closing):
                query = close[k]
                for at in range(_close_rows(queries, query, hashes, block, end, radius, rows, bits)):
                    hits, count = _emit(hits, count, query, bits[at], rows[at], entry_starts, entries, dead)
    return hits[:count]


@kernel
def spell_out(hits: U64, base: int, ids: I64, query_index: I64, found: I64, distances: U8) -> None:
    """Write sorted hits as three columns; `base` is added to the query's place."""
    for k in range(hits.size):
        query_index[k] = base + np.int64(hits[k] >> np.uint64(41))
        distances[k] = hits[k] >> np.uint64(32) & np.uint64(0x1FF)
        found[k] = ids[np.int64(hits[k] & np.uint64(0xFFFFFFFF))]
