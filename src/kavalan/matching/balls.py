"""Where many hashes crowd around one: found when an index is built, and set apart from its tables.

Near-identical hashes share most of their words, so a question that comes near such a crowd would meet all of it in
every one of the sixteen tables. A crowd that is set apart as a ball, its centre and the distance of its furthest
member known, is passed over with one comparison, or read once and in order.

Crowds are found in a sample: where a sampled hash has as many neighbours in the sample as a crowd of `CROWD` would
give it, their bitwise majority becomes a centre, and every hash of the set within `REACH` of it a member. What the
sample misses stays in the tables: that costs time, never a match.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

import numpy as np
from numpy.typing import NDArray

from kavalan.matching.store import frozen

CROWD = 512
"""How many hashes make a crowd that is worth setting apart."""

REACH = 31
"""How far from its centre a crowd is gathered, in bits."""

MAX_BALLS = 4096
"""Every question is compared with every centre, so there are not more of them than microseconds to spare."""

_NEIGHBOUR = 24
_LEAST_SAMPLE = 16384
_BLOCK = 64
_ROW = np.uint64(0xFFFFFFFF)

U64 = NDArray[np.uint64]
Search = Callable[[U64, int], U64]
"""Asked with (4 q,) queries and a radius, gives hits: query << 41 | distance << 32 | row."""


def draw_sample(rows: U64) -> U64:
    """Every 64th row or so, (s, 4), drawn the same way each time."""
    size = min(len(rows), max(_LEAST_SAMPLE, len(rows) // 64))
    places = np.random.default_rng(256).choice(len(rows), size, replace=False, shuffle=False)
    return rows[np.sort(places)]


def find_centres(sample: U64, search: Search, total: int) -> U64:
    """The middles of the crowds that a sample shows, (k, 4).

    Args:
        sample: (s, 4), distinct rows drawn from `total`.
        search: answers over the sample.
        total: how many rows the sample stands for.
    """
    enough = max(8, ceil(CROWD * len(sample) / total))
    free = np.ones(len(sample), np.bool_)
    centres: list[U64] = []
    for first in range(0, len(sample), _BLOCK):
        asked = first + np.flatnonzero(free[first : first + _BLOCK])
        if not asked.size:
            continue
        hits = search(frozen(sample[asked].reshape(-1)), _NEIGHBOUR)
        query = (hits >> np.uint64(41)).astype(np.int64)
        for place in np.flatnonzero(np.bincount(query, minlength=asked.size) >= enough):
            begin, end = np.searchsorted(query, (place, place + 1))
            neighbours = (hits[begin:end] & _ROW).astype(np.int64)
            neighbours = neighbours[free[neighbours]]
            if free[asked[place]] and neighbours.size >= enough and len(centres) < MAX_BALLS:
                centre = _majority(sample[neighbours])
                free &= np.bitwise_count(sample ^ centre).sum(axis=1, dtype=np.int64) > REACH
                free[asked[place]] = False
                centres.append(centre)
    return np.array(centres, np.uint64).reshape(-1, 4)


def gather(rows: int, centres: U64, search: Search) -> tuple[NDArray[np.int32], U64]:
    """Give each row near a centre to the first that it is near to; a centre with too few of them is dropped.

    Returns:
        For each of the `rows` the number of its ball or -1, and the centres kept.
    """
    owner = np.full(rows, -1, np.int32)
    kept: list[U64] = []
    for centre in centres:
        members = (search(frozen(centre), REACH) & _ROW).astype(np.int64)
        members = members[owner[members] < 0]
        if members.size >= CROWD // 2:
            owner[members] = len(kept)
            kept.append(centre)
    return owner, np.array(kept, np.uint64).reshape(-1, 4)


def _majority(hashes: U64) -> U64:
    """Each bit as most of the hashes have it."""
    bits = np.unpackbits(np.ascontiguousarray(hashes).view(np.uint8).reshape(-1, 32), axis=1)
    return np.packbits(bits.mean(axis=0) > 0.5).view(np.uint64)
