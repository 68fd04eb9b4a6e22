"""The tables hold each row once by each of its words; duplicates are put together."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kavalan.matching.segment import distinct_rows
from kavalan.matching.tables import build_tables, group

few = hnp.arrays(
    np.uint64, st.tuples(st.integers(1, 60), st.just(4)), elements=st.sampled_from([0, 1, 2**63, 2**64 - 1])
)


@settings(max_examples=20, deadline=None)
@given(hashes=few)
def test_a_bucket_lists_the_rows_with_its_word_ascending_and_their_next_words(hashes):
    tables = build_tables(hashes)
    words = hashes.view(np.uint16).reshape(-1, 16)
    for chunk in range(16):
        for value in np.unique(words[:, chunk]):
            first, last = tables.starts[chunk << 16 | int(value)], tables.starts[(chunk << 16 | int(value)) + 1]
            rows = tables.low[first:last].astype(int) | tables.high[first:last].astype(int) << 16
            expected = np.flatnonzero(words[:, chunk] == value)
            assert rows.tolist() == expected.tolist()
            assert tables.near[first:last].tolist() == words[expected, (chunk + 1) % 16].tolist()
    assert tables.starts[-1] == 16 * len(hashes)


def test_rows_past_65536_keep_their_numbers():
    hashes = np.random.default_rng(0).integers(0, 2**64, (70_000, 4), dtype=np.uint64)
    tables = build_tables(hashes)
    rows = tables.low[-70_000:].astype(int) | tables.high[-70_000:].astype(int) << 16
    assert sorted(rows.tolist()) == list(range(70_000))


@given(hashes=few)
def test_distinct_hashes_are_numbered_as_they_first_come(hashes):
    rows, row_of = distinct_rows(hashes)
    seen = list(dict.fromkeys(map(tuple, hashes.tolist())))
    assert [tuple(row) for row in rows.tolist()] == seen
    assert row_of.tolist() == [seen.index(tuple(one)) for one in hashes.tolist()]


@given(keys=hnp.arrays(np.uint32, st.integers(0, 50), elements=st.integers(0, 7)))
def test_grouping_lists_the_places_of_each_key(keys):
    starts, members = np.zeros(9, np.uint32), np.empty(keys.size, np.uint32)
    keys.flags.writeable = False
    group(keys, starts, members)
    for key in range(8):
        assert members[starts[key] : starts[key + 1]].tolist() == np.flatnonzero(keys == key).tolist()
