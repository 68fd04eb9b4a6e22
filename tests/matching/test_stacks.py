"""`stacks` against the connected parts of all near pairs, found by comparing everything with everything."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.matching import stacks
from tests.matching.conftest import turned


def connected(hashes, radius):
    """For each hash the place of the first one that a chain of near pairs leads to."""
    label = np.arange(len(hashes))
    near = [np.flatnonzero(np.bitwise_count(hashes ^ one).sum(axis=1, dtype=int) <= radius) for one in hashes]
    changed = True
    while changed:
        least = np.array([label[places].min() for places in near])
        changed = bool((least != label).any())
        label = least
    return label.tolist()


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), amount=st.integers(0, 60), bits=st.integers(1, 12), radius=st.integers(0, 31))
def test_small_sets_fall_into_their_connected_parts(seed, amount, bits, radius):
    rng = np.random.default_rng(seed)
    hashes = rng.integers(0, 256, (max(amount, 1), 32), dtype=np.uint8)
    for row in range(1, len(hashes)):
        if rng.random() < 0.8:
            hashes[row] = turned(hashes[rng.integers(0, row)], rng.choice(256, bits, replace=False))
    assert stacks(hashes, radius).tolist() == connected(hashes, radius)


@pytest.mark.parametrize("radius", [4, 10, 31])
def test_a_large_set_with_crowds_chains_and_copies_falls_into_its_connected_parts(radius):
    rng = np.random.default_rng(radius)
    hashes = rng.integers(0, 256, (7000, 32), dtype=np.uint8)
    for row in range(1, 1500):  # a crowd around the first, which the index sets apart
        hashes[row] = turned(hashes[0], rng.choice(256, rng.integers(1, 9)))
    for row in range(1501, 3000):  # another, some 20 bits from it
        hashes[row] = turned(turned(hashes[0], range(20)), rng.choice(256, rng.integers(1, 9)))
    for row in range(3001, 3100):  # a chain
        hashes[row] = turned(hashes[row - 1], rng.choice(256, 8))
    hashes[4000:4100] = hashes[4000]
    hashes[5000:5003] = turned(hashes[0], range(100, 112)), turned(hashes[0], range(30)), turned(hashes[3], range(9))
    hashes = hashes[rng.permutation(len(hashes))]
    assert stacks(hashes, radius).tolist() == connected(hashes, radius)


def test_a_chain_is_one_stack_though_its_ends_are_far_apart():
    first = np.zeros((1, 32), np.uint8)
    chain = np.concatenate([turned(first, range(8 * step)) for step in range(5)])
    assert stacks(chain).tolist() == [0, 0, 0, 0, 0]


def test_no_hashes_have_no_stacks():
    assert stacks(np.zeros((0, 32), np.uint8)).tolist() == []


def test_a_radius_of_more_than_31_is_refused():
    with pytest.raises(ValueError, match="0 to 31"):
        stacks(np.zeros((1, 32), np.uint8), 32)
