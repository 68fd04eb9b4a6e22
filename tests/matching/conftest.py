"""Hashes for the tests, and the plain comparison that every index is held against."""

import numpy as np
import pytest


def brute_force(hashes, ids, queries, radius):
    """Every (query, id, distance) within the radius, sorted by query, distance, id: one comparison after the other."""
    found = []
    for place, query in enumerate(queries):
        apart = np.bitwise_count(hashes ^ query).sum(axis=1, dtype=np.int64)
        found += [(place, int(ids[k]), int(apart[k])) for k in np.flatnonzero(apart <= radius)]
    return sorted(found, key=lambda match: (match[0], match[2], match[1]))


def listed(matches):
    """The three columns of a `Matches` as a list of rows."""
    return [tuple(int(cell) for cell in row) for row in zip(*matches, strict=True)]


def turned(hashes, bits):
    """Hashes (n, 32) with these bits (0 to 255) turned in each."""
    pattern = np.zeros(256, np.uint8)
    pattern[list(bits)] = 1
    return hashes ^ np.packbits(pattern)


@pytest.fixture(scope="session")
def many_hashes():
    """Enough random hashes for the tables to be used."""
    return np.random.default_rng(7).integers(0, 256, (5000, 32), dtype=np.uint8)
