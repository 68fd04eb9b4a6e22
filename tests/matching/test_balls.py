"""Crowds are found, and gathered around their middle."""

import numpy as np

from kavalan.matching.balls import CROWD, REACH, draw_sample, find_centres, gather
from tests.matching.conftest import turned


def scanning(rows):
    """A search that compares with every row, giving hits as the kernels pack them."""

    def search(queries, radius):
        hits = []
        for place, query in enumerate(queries.reshape(-1, 4)):
            apart = np.bitwise_count(rows ^ query).sum(axis=1, dtype=int)
            hits += [place << 41 | int(apart[row]) << 32 | int(row) for row in np.flatnonzero(apart <= radius)]
        return np.array(sorted(hits), np.uint64)

    return search


def crowd(rng, size):
    centre = rng.integers(0, 256, (1, 32), dtype=np.uint8)
    around = np.concatenate([turned(centre, rng.choice(256, 6, replace=False)) for _ in range(size)])
    return centre.view(np.uint64)[0], around.view(np.uint64)


def test_the_middle_of_a_crowd_is_found_and_random_hashes_have_none():
    rng = np.random.default_rng(1)
    centre, members = crowd(rng, CROWD)
    rows = np.concatenate((members, rng.integers(0, 2**64, (3000, 4), dtype=np.uint64)))
    assert find_centres(rows, scanning(rows), len(rows)).tolist() == [centre.tolist()]
    assert find_centres(rows[CROWD:], scanning(rows[CROWD:]), 3000).size == 0


def test_members_go_to_the_first_centre_near_them_and_a_lonely_centre_is_dropped():
    rng = np.random.default_rng(2)
    (first, near_first), (second, near_second) = crowd(rng, CROWD), crowd(rng, CROWD)
    lonely = rng.integers(0, 2**64, 4, dtype=np.uint64)
    rows = np.concatenate((near_second, near_first))
    owner, kept = gather(len(rows), np.array([first, lonely, second]), scanning(rows))
    assert kept.tolist() == [first.tolist(), second.tolist()]
    assert owner.tolist() == [1] * CROWD + [0] * CROWD


def test_two_centres_so_near_that_one_takes_all_leave_one_ball():
    rng = np.random.default_rng(3)
    centre, members = crowd(rng, CROWD)
    beside = turned(centre.view(np.uint8)[None], range(REACH - 12)).view(np.uint64)[0]
    _, kept = gather(len(members), np.array([beside, centre]), scanning(members))
    assert kept.tolist() == [beside.tolist()]


def test_the_sample_is_of_distinct_rows_and_the_same_each_time():
    rows = np.arange(4 * 40_000, dtype=np.uint64).reshape(-1, 4)
    sample = draw_sample(rows)
    assert sample.tolist() == draw_sample(rows).tolist()
    assert len(np.unique(sample, axis=0)) == len(sample) == 16_384
