"""The test that every index with tables passes before anyone may ask it: its answers against an exact scan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kavalan.matching.errors import SelfTestError
from kavalan.matching.plan import CHUNKS
from kavalan.matching.segment import Segment
from kavalan.matching.store import frozen

RADIUS = 31

U64 = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What was asked of an index, and that every answer was the scan's.

    Attributes:
        queries: how many questions were asked.
        matches: how many matches the scan found for them; the index gave the same, no more and no fewer.
    """

    queries: int
    matches: int

    def __add__(self, other: SelfTest) -> SelfTest:
        return SelfTest(self.queries + other.queries, self.matches + other.matches)


def run(segment: Segment) -> SelfTest:
    """Ask a segment about hashes at every distance from its own, and hold each answer against a scan.

    Planted are: a stored hash with 0 to 31 random bits turned; and for each chunk one that only this chunk's table
    can find, 31 bits away with two bits turned in every other chunk. All are asked with radius 31, a few with 0, 15,
    47, 64.

    Raises:
        SelfTestError: when one differs.
    """
    if not segment.tables.rows:
        return SelfTest(0, 0)  # it only ever scans
    queries = _planted(segment.rows.hashes.reshape(-1, 4))
    result = _compare(segment, queries, RADIUS)
    for radius in (0, 15, 47, 64):
        result += _compare(segment, queries[::12].copy(), radius)
    return result


def _compare(segment: Segment, queries: U64, radius: int) -> SelfTest:
    asked = frozen(queries.reshape(-1))
    found, expected = segment.search(asked, radius), segment.scan(asked, radius)
    if not np.array_equal(found, expected):
        message = (
            f"a new index of {segment.ids.size} hashes found {found.size} matches within {radius} bits where a scan "
            f"found {expected.size}. Do not use it; report this with the version of Kavalan and the machine"
        )
        raise SelfTestError(message)
    return SelfTest(len(queries), expected.size)


def _planted(rows: U64) -> U64:
    """(48, 4) queries, drawn the same way each time."""
    rng = np.random.default_rng(31)
    turned = np.zeros((RADIUS + 1 + CHUNKS, 256), np.uint8)
    for bits in range(RADIUS + 1):
        turned[bits, rng.choice(256, bits, replace=False)] = 1
    for chunk in range(CHUNKS):
        for other in range(CHUNKS):
            bits = 1 if other == chunk else 2
            turned[RADIUS + 1 + chunk, 16 * other + rng.choice(16, bits, replace=False)] = 1
    pattern = np.packbits(turned, axis=1, bitorder="little").view(np.uint64)
    return np.asarray(rows[rng.integers(0, len(rows), len(pattern))] ^ pattern)
