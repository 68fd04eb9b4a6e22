"""Kernels that build: duplicates put together, and the sixteen tables filled.

A row is one distinct hash: four 64-bit words in a flat array.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kavalan.matching.kernels import LANES, kernel, signed
from kavalan.matching.plan import CHUNKS
from kavalan.matching.store import frozen

MAX_ROWS = 1 << 24
"""How many rows 24 bits number."""

U64 = NDArray[np.uint64]
_BUCKETS = CHUNKS << 16
_EMPTY = np.uint32(0xFFFFFFFF)


class Tables(NamedTuple):
    """The tables of r rows, one behind the other; all empty where a segment has none.

    Attributes:
        starts: uint32 (16 · 65536 + 1,); the entries whose chunk i is v begin at `starts[i << 16 | v]`.
        near: uint16 (16 r + 32,), for each entry the row's next word (see `plan`).
        low: uint16 (16 r,), for each entry the row's number, its low 16 bits.
        high: uint8 (16 r,), the high 8.
    """

    starts: NDArray[np.uint32]
    near: NDArray[np.uint16]
    low: NDArray[np.uint16]
    high: NDArray[np.uint8]

    @property
    def rows(self) -> int:
        """How many rows the tables hold; they are the segment's first."""
        return self.low.size // 16


@kernel
def _same(hashes: U64, i: int, j: int) -> bool:
    a, b = 4 * i, 4 * j
    apart = hashes[a] ^ hashes[b] | hashes[a + 1] ^ hashes[b + 1]
    return bool(apart | hashes[a + 2] ^ hashes[b + 2] | hashes[a + 3] ^ hashes[b + 3] == 0)


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
            if _same(hashes, place, signed(first[row])):
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
def _count(words: NDArray[np.uint16], starts: NDArray[np.uint32]) -> None:
    """Write where each bucket begins."""
    for row in range(words.size // 16):
        for chunk in range(16):
            starts[(chunk << 16 | signed(words[16 * row + chunk])) + 1] += np.uint32(1)
    for bucket in range(starts.size - 1):
        starts[bucket + 1] += starts[bucket]


@kernel
def _fill(words: NDArray[np.uint16], chunk: int, coarse: U64, tables: Tables) -> None:
    """Fill one chunk's table.

    In two steps, by the word's high byte and then by its low one: 256 places to write to at a time stay in a cache,
    65,536 do not. `coarse` (r,) receives row << 32 | word << 16 | next word.
    """
    base, following = chunk << 16, (chunk + 1) & 15
    offset = signed(tables.starts[base])
    cursor = np.empty(1 << 16, np.int64)
    for bucket in range(1 << 16):
        cursor[bucket] = signed(tables.starts[base + bucket])
    high = cursor[::256] - offset
    for row in range(coarse.size):
        word = signed(words[16 * row + chunk])
        at = high[word >> 8]
        high[word >> 8] = at + 1
        coarse[at] = row << 32 | word << 16 | signed(words[16 * row + following])
    for k in range(coarse.size):
        packed = signed(coarse[k])
        word = packed >> 16 & 0xFFFF
        at = cursor[word]
        cursor[word] = at + 1
        tables.near[at] = packed & 0xFFFF
        tables.low[at] = packed >> 32 & 0xFFFF
        tables.high[at] = packed >> 48


def build_tables(hashes: U64) -> Tables:
    """The sixteen tables of (r, 4) hashes, each by one counting sort; a bucket keeps the order of the rows."""
    entries = CHUNKS * len(hashes)
    tables = Tables(
        starts=np.zeros(_BUCKETS + 1 if entries else 0, np.uint32),
        near=np.zeros(entries + LANES if entries else 0, np.uint16),
        low=np.empty(entries, np.uint16),
        high=np.empty(entries, np.uint8),
    )
    if entries:
        words, coarse = frozen(hashes.reshape(-1)).view(np.uint16), np.empty(len(hashes), np.uint64)
        _count(words, tables.starts)
        for chunk in range(CHUNKS):
            _fill(words, chunk, coarse, tables)
    return Tables(*(frozen(array) for array in tables))
