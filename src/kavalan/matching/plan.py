"""How a range question of some radius is put to sixteen tables.

A 256-bit hash is sixteen words of 16 bits. Chunk i is given a budget b_i with Σ b_i = radius + 1. If two hashes differ
in at most `radius` bits, d_i of them in chunk i, then Σ (d_i - b_i) < 0, and by the cycle lemma there is a chunk from
which every partial sum around the ring stays below zero. In particular some chunk i has both

    d_i < b_i        and        d_i + d_(i+1) < b_i + b_(i+1).

So it is enough to look up, in the table of each chunk i, every word within b_i - 1 bits of the query's word, and to
keep the entries there whose *next* word passes the second test. The first condition alone is the general pigeonhole
principle (Norouzi, Punjani, Fleet 2014); both together are the pigeonring principle (Qin, Xiao, "Pigeonring: a
principle for faster thresholded similarity search", PVLDB 2018). Keeping the next word beside each entry of a table
makes the second test a sequential read: for radius 31 it turns away 998 of 1,000 random entries before their hash is
fetched. Nothing is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import comb

import numpy as np
from numpy.typing import NDArray

from kavalan.matching.store import frozen

CHUNKS = 16
MAX_RADIUS = 64

# What one step costs, in nanoseconds, as measured; they only choose between two exact ways.
_PROBE_NS, _ENTRY_NS, _CANDIDATE_NS, _SCAN_NS = 8.0, 0.15, 15.0, 1.2


@dataclass(frozen=True, slots=True)
class Plan:
    """How one radius is answered over a given number of rows.

    Attributes:
        name: "pigeonring, N probes" or "scan".
        budgets: int64 (16,), each chunk's radius plus one; their sum is the question's plus one. Empty for a scan.
        probes: int64 (16,), how many of `masks()` each chunk looks up. Empty for a scan.
    """

    name: str
    budgets: NDArray[np.int64]
    probes: NDArray[np.int64]

    @property
    def scans(self) -> bool:
        """Whether every row is read."""
        return self.budgets.size == 0


@lru_cache(maxsize=1024)
def plan(radius: int, rows: int) -> Plan:
    """The cheaper exact way to find all of `rows` hashes within `radius` bits.

    Raises:
        ValueError: when the radius is not 0 to 64.
    """
    walk = ring(radius)
    return walk if _cost(walk.budgets, rows) < rows * _SCAN_NS else Plan("scan", _fixed([]), _fixed([]))


def ring(radius: int) -> Plan:
    """The walk through the tables for a radius, whatever it costs.

    Raises:
        ValueError: when the radius is not 0 to 64.
    """
    if not 0 <= radius <= MAX_RADIUS:
        message = f"the radius must be 0 to {MAX_RADIUS} bits, not {radius}"
        raise ValueError(message)
    each, left = divmod(radius + 1, CHUNKS)
    budgets = [each + (chunk < left) for chunk in range(CHUNKS)]
    probes = [_ball(budget - 1) for budget in budgets]
    return Plan(f"pigeonring, {sum(probes)} probes", _fixed(budgets), _fixed(probes))


@lru_cache(maxsize=1)
def masks() -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
    """Every 16-bit word of at most four bits, the fewest bits first, and how many bits each has."""
    words = np.arange(1 << 16, dtype=np.uint16)
    bits = np.bitwise_count(words).astype(np.uint16)
    order = np.argsort(bits, kind="stable")[: _ball(MAX_RADIUS // CHUNKS)]
    return frozen(words[order]), frozen(bits[order])


def _fixed(numbers: list[int]) -> NDArray[np.int64]:
    return frozen(np.array(numbers, np.int64))


def _ball(radius: int) -> int:
    """How many 16-bit words lie within a radius of one."""
    return sum(comb(16, bits) for bits in range(radius + 1))


def _cost(budgets: NDArray[np.int64], rows: int) -> float:
    filled = rows / 65536
    cost = 0.0
    for budget, following in zip(budgets.tolist(), np.roll(budgets, -1).tolist(), strict=True):
        room = budget + following - 1
        for bits in range(budget):
            words = comb(16, bits)
            passing = _ball(min(16, room - bits)) / 65536
            cost += words * (_PROBE_NS + filled * (_ENTRY_NS + passing * _CANDIDATE_NS))
    return cost
