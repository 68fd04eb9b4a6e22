"""Kernels that build: duplicates put together, and the sixteen tables filled.

A row is one distinct hash: four 64-bit words in a flat array. The tables lie one behind the other in three flat arrays; the
entries whose chunk i has the value v are those from `starts[i << 16 | v]` up to the next start. For each entry `near` holds
the row's next word (see `plan`), `low` and `high` the row's number in 24 bits.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kavalan.matching.kernels import LANES, kernel
from kavalan.matching.plan import CHUNKS

MAX_ROWS = 1 << 24
"""How many rows 24 bits number."""

U64 = NDArray[np.uint64]
_BUCKETS = CHUNKS << 16
_EMPTY = np.uint32(0xFFFFFFFF)


@kernel
def distinct(hashes: U64, slots: NDArray[np.uint32], first: NDArray[np.uint32], row_of: NDArray[np.uint32]) -> int:
    """Number the distinct hashes in the order in which they first come.

    Args:
        hashes: (4 n,).
        slots: all 0xFFFFFFFF, its length a power of two of at least 2 n: an open-addressing hash table of row numbers.
        first: (n,), receives for each row the place where its hash first stands.
        row_of: (n,), receives for each place its row.

    Returns:
        How many rows there are.
    """
    rows = 0
    last = np.uint64(slots.size - 1)
    for place in range(row_of.size):
        at = 4 * place
        mixed = hashes[at] * np.uint64(0x9E3779B97F4A7C15)
        for word in range(1, 4):
            mixed = ((mixed ^ (mixed >> np.uint64(29))) + hashes[at + word]) * np.uint64(0xBF58476D1CE4E5B9)
        slot = (mixed ^ (mixed >> np.uint64(32))) & last
        while True:
            row = slots[slot]
            if row == _EMPTY:
                slots[slot] = rows
                first[rows] = place
                row_of[place] = rows
                rows += 1
                break
            other = 4 * np.int64(first[row])
            if (
                hashes[at] == hashes[other]
                and hashes[at + 1] == hashes[other + 1]
                and hashes[at + 2] == hashes[other + 2]
                and hashes[at + 3] == hashes[other + 3]
            ):
                row_of[place] = row
                break
            slot = (slot + np.uint64(1)) & last
    return rows


@kernel
def group(keys: NDArray[np.uint32], starts: NDArray[np.uint32], members: NDArray[np.uint32]) -> None:
    """List the places of each key, ascending: those of key k end up in `members[starts[k] : starts[k + 1]]`.

    Args:
        keys: (n,), each below `starts.size - 1`.
        starts: (keys + 1,), zero.
        members: (n,).
    """
    for place in range(keys.size):
        starts[keys[place] + 1] += np.uint32(1)
    for key in range(starts.size - 1):
        starts[key + 1] += starts[key]
    cursor = starts.copy()
    for place in range(keys.size):
        key = keys[place]
        members[cursor[key]] = place
        cursor[key] += np.uint32(1)


@kernel
def fill_tables(
    words: NDArray[np.uint16],
    starts: NDArray[np.uint32],
    near: NDArray[np.uint16],
    low: NDArray[np.uint16],
    high: NDArray[np.uint8],
) -> None:
    """Fill the sixteen tables from the rows' words, (16 n,), by one counting sort a chunk.

    The entries of a bucket keep the order of the rows. `starts` is (16 · 65536 + 1,) and zero.
    """
    rows = words.size // 16
    for chunk in range(16):
        base = chunk << 16
        for row in range(rows):
            starts[base + np.int64(words[16 * row + chunk]) + 1] += np.uint32(1)
    for bucket in range(starts.size - 1):
        starts[bucket + 1] += starts[bucket]
    for chunk in range(16):
        cursor = starts[chunk << 16 : (chunk + 1) << 16].copy()
        following = (chunk + 1) & 15
        for row in range(rows):
            value = words[16 * row + chunk]
            at = cursor[value]
            cursor[value] = at + np.uint32(1)
            near[at] = words[16 * row + following]
            low[at] = row & 0xFFFF
            high[at] = row >> 16


def empty_tables(
    rows: int,
) -> tuple[NDArray[np.uint32], NDArray[np.uint16], NDArray[np.uint16], NDArray[np.uint8]]:
    """Room for the tables of some rows: starts, near (with the spare words that `near_mask` reads), low, high."""
    entries = CHUNKS * rows
    return (
        np.zeros(_BUCKETS + 1 if rows else 0, np.uint32),
        np.zeros(entries + LANES if rows else 0, np.uint16),
        np.empty(entries, np.uint16),
        np.empty(entries, np.uint8),
    )
