"""The kernels that answer, where `test_hamming` does not reach them."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.matching.probe import distance, sort_hits
from kavalan.matching.store import frozen

hit = st.builds(
    lambda query, bits, entry: query << 41 | bits << 32 | entry,
    st.integers(0, 2**16 - 1),
    st.integers(0, 64),
    st.integers(0, 2**24 - 1),
)


@settings(deadline=None)
@given(hits=st.lists(hit, min_size=1, max_size=200))
def test_hits_are_sorted(hits):
    array = np.array(hits, np.uint64)
    assert sort_hits(array, np.empty_like(array)).tolist() == sorted(hits)


@given(left=st.integers(0, 2**256 - 1), right=st.integers(0, 2**256 - 1))
def test_the_distance_is_the_number_of_bits_that_differ(left, right):
    words = (frozen(np.frombuffer(number.to_bytes(32), np.uint64)) for number in (left, right))
    one, other = words
    assert distance(one, 0, other, 0) == (left ^ right).bit_count()
