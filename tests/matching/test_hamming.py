"""`HammingIndex` against a plain comparison of everything with everything."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kavalan.matching import HammingIndex, IndexFileError, segment
from kavalan.matching.plan import ring
from tests.matching.conftest import brute_force, listed, turned

RNG = np.random.default_rng(11)
STORED = RNG.integers(0, 256, (5000, 32), dtype=np.uint8)
IDS = RNG.permutation(50_000)[:5000].astype(np.int64) - 20_000
INDEX = HammingIndex.build(STORED, IDS)

radii = st.integers(0, 64)
bit_sets = st.sets(st.integers(0, 255), max_size=70)


def everywhere(bits_in_each_word):
    """Bits spread over the sixteen words of a hash, so many in each: the hardest case for tables of words."""
    return [16 * word + bit for word, amount in enumerate(bits_in_each_word) for bit in range(amount)]


spread_bits = st.lists(st.integers(0, 4), min_size=16, max_size=16).map(everywhere)


@settings(max_examples=150, deadline=None)
@given(row=st.integers(0, 4999), bits=bit_sets | spread_bits, radius=radii)
def test_a_planted_neighbour_is_found_exactly_as_by_brute_force(row, bits, radius):
    query = turned(STORED[row : row + 1], bits)
    assert listed(INDEX.range_search(query, radius)) == brute_force(STORED, IDS, query, radius)


@settings(max_examples=100, deadline=None)
@given(row=st.integers(0, 4999), bits=bit_sets | spread_bits, radius=radii)
def test_the_tables_alone_find_it_too_whatever_the_radius(row, bits, radius):
    query = turned(STORED[row : row + 1], bits)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segment, "plan", lambda radius, _rows: ring(radius))
        assert listed(INDEX.range_search(query, radius)) == brute_force(STORED, IDS, query, radius)


@pytest.mark.parametrize("short", range(16))
def test_a_match_exactly_at_the_radius_is_found_when_only_one_word_is_within_its_share(short):
    bits = everywhere([1 if word == short else 2 for word in range(16)])
    query = turned(STORED[:50], bits)
    found = listed(INDEX.range_search(query, 31))
    assert {(place, int(IDS[place]), 31) for place in range(50)} <= set(found)
    assert listed(INDEX.range_search(query, 30)) == brute_force(STORED, IDS, query, 30)


@settings(max_examples=60, deadline=None)
@given(
    hashes=hnp.arrays(np.uint8, st.tuples(st.integers(0, 40), st.just(32)), elements=st.sampled_from([0, 1, 128, 255])),
    queries=hnp.arrays(np.uint8, st.tuples(st.integers(0, 5), st.just(32)), elements=st.sampled_from([0, 1, 128, 255])),
    radius=radii,
)
def test_any_small_set_answers_as_brute_force(hashes, queries, radius):
    ids = np.arange(len(hashes), dtype=np.int64) * 7
    index = HammingIndex.build(hashes, ids)
    assert listed(index.range_search(queries, radius)) == brute_force(hashes, ids, queries, radius)


@settings(max_examples=25, deadline=None)
@given(data=st.data(), seed=st.integers(0, 2**32 - 1))
def test_a_set_of_near_planes_clusters_and_copies_answers_as_brute_force(data, seed):
    rng = np.random.default_rng(seed)
    hashes = rng.integers(0, 256, (4500, 32), dtype=np.uint8)
    first, last = sorted(data.draw(st.tuples(st.integers(0, 32), st.integers(0, 32))))
    hashes[:3000, first:last] = hashes[0, first:last]  # part of every hash the same
    for row in range(2000, 2600):
        hashes[row] = turned(hashes[2000], rng.choice(256, rng.integers(0, 9)))
    hashes[3000:3100] = hashes[3000]
    ids = np.arange(len(hashes), dtype=np.int64)
    index = HammingIndex.build(hashes, ids)
    rows = [0, 1, 2000, 2300, 3000, 4000]
    queries = turned(hashes[rows], data.draw(st.sets(st.integers(0, 255), max_size=40)))
    radius = data.draw(st.integers(0, 40))
    assert listed(index.range_search(queries, radius)) == brute_force(hashes, ids, queries, radius)


def test_a_crowd_is_set_apart_and_still_answers_as_brute_force():
    hashes = STORED.copy()
    for row in range(2500):
        hashes[row] = turned(STORED[0], RNG.choice(256, 8))
    index = HammingIndex.build(hashes, IDS)
    assert index.info().crowded > 1000
    queries = np.concatenate((hashes[:2], turned(hashes[:1], range(30)), turned(hashes[:1], range(36)), hashes[-2:]))
    assert listed(index.range_search(queries, 31)) == brute_force(hashes, IDS, queries, 31)


def test_ten_thousand_copies_of_one_hash_are_all_found():
    hashes = np.concatenate((STORED, np.repeat(STORED[:1], 10_000, axis=0)))
    ids = np.arange(len(hashes), dtype=np.int64)
    index = HammingIndex.build(hashes, ids)
    assert index.info().distinct == 5000
    found = index.range_search(turned(STORED[:1], [3]), 31)
    assert found.id.tolist() == [0, *range(5000, 15_000)]
    assert set(found.distance.tolist()) == {1}


def test_all_zero_hashes_are_found():
    zeros = np.zeros((6000, 32), np.uint8)
    index = HammingIndex.build(zeros, np.arange(6000, dtype=np.int64))
    assert index.range_search(zeros[:2], 0).id.size == 12_000


def test_a_query_with_too_many_candidates_is_scanned_and_nothing_is_lost():
    hashes = RNG.integers(0, 256, (60_000, 32), dtype=np.uint8)
    hashes[:, :16] = 7  # half of every hash the same: all tables of that half answer with everything
    ids = np.arange(len(hashes), dtype=np.int64)
    index = HammingIndex.build(hashes, ids)
    queries = np.concatenate((turned(hashes[:3], range(128, 158)), STORED[:2]))
    assert listed(index.range_search(queries, 31)) == brute_force(hashes, ids, queries, 31)


def test_more_queries_than_one_call_takes_are_answered():
    queries = np.repeat(STORED[:8], 10_000, axis=0)
    found = INDEX.range_search(queries, 0)
    assert found.query_index.tolist() == list(range(80_000))
    assert (found.id == np.repeat(IDS[:8], 10_000)).all()


def test_an_empty_index_finds_nothing():
    index = HammingIndex.build(np.zeros((0, 32), np.uint8), np.zeros(0, np.int64))
    assert listed(index.range_search(STORED[:3], 64)) == []
    assert len(index) == 0


def test_no_queries_give_no_matches():
    assert listed(INDEX.range_search(STORED[:0], 31)) == []


@pytest.mark.parametrize("radius", [-1, 65])
def test_a_radius_out_of_range_is_refused(radius):
    with pytest.raises(ValueError, match="0 to 64"):
        INDEX.range_search(STORED[:1], radius)


@pytest.mark.parametrize("wrong", [np.zeros((1, 31), np.uint8), np.zeros(32, np.uint8), np.zeros((1, 32), np.int8)])
def test_hashes_of_another_shape_or_type_are_refused(wrong):
    with pytest.raises(ValueError, match="uint8 of shape"):
        INDEX.range_search(wrong, 31)


def test_ids_of_another_length_are_refused():
    with pytest.raises(ValueError, match="ids must be int64"):
        HammingIndex.build(STORED, IDS[:-1])


def test_an_id_that_comes_twice_is_named():
    with pytest.raises(ValueError, match="1 ids come more than once, the first is 4"):
        HammingIndex.build(STORED[:3], np.array([4, 9, 4]))


def test_the_arrays_given_may_be_written_to_afterwards():
    hashes = STORED.copy()
    index = HammingIndex.build(hashes, np.arange(5000, dtype=np.int64))
    hashes[:] = 0
    assert index.range_search(STORED[:1], 0).id.tolist() == [0]


def test_the_plan_is_named():
    assert INDEX.plan(31) == "pigeonring, 272 probes"
    assert INDEX.plan(64) == "scan"


def test_the_self_test_is_told():
    assert INDEX.info().self_test.queries == 64
    assert INDEX.info().self_test.matches >= 48


# --- live changes ---


def test_an_added_entry_is_found_at_once():
    index = HammingIndex.build(STORED, IDS)
    new = RNG.integers(0, 256, (3, 32), dtype=np.uint8)
    index.add(new, np.array([90_003, 90_001, 90_002]))
    assert listed(index.range_search(new, 31)) == [(0, 90_003, 0), (1, 90_001, 0), (2, 90_002, 0)]
    assert len(index) == 5003


def test_a_removed_entry_is_found_no_more_and_its_id_may_come_again():
    index = HammingIndex.build(STORED, IDS)
    index.remove(IDS[:1])
    assert listed(index.range_search(STORED[:1], 31)) == []
    index.add(STORED[1:2], IDS[:1])
    assert sorted(index.range_search(STORED[1:2], 0).id.tolist()) == sorted(IDS[:2].tolist())


def test_adding_a_known_id_is_refused_and_changes_nothing():
    index = HammingIndex.build(STORED, IDS)
    with pytest.raises(ValueError, match=f"1 ids are in the index already, the first is {IDS[0]}"):
        index.add(STORED[:2], np.array([IDS[0], 99_999]))
    assert len(index) == 5000


def test_removing_an_unknown_id_is_refused_and_changes_nothing():
    index = HammingIndex.build(STORED, IDS)
    with pytest.raises(ValueError, match="1 ids are not in the index, the first is 99999"):
        index.remove(np.array([IDS[0], 99_999]))
    assert len(index) == 5000


def test_removing_an_id_twice_in_one_call_is_refused():
    index = HammingIndex.build(STORED, IDS)
    with pytest.raises(ValueError, match="more than once"):
        index.remove(np.array([IDS[0], IDS[0]]))


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_any_sequence_of_changes_answers_as_brute_force(data):
    hashes, ids = STORED[:4200], np.arange(4200, dtype=np.int64)
    index = HammingIndex.build(hashes, ids)
    held = dict(zip(ids.tolist(), hashes, strict=True))
    fresh = 10_000
    for _ in range(data.draw(st.integers(1, 5))):
        if data.draw(st.booleans()):
            amount = data.draw(st.sampled_from([1, 3, 700, 5000]))
            rng = np.random.default_rng(fresh)
            new = STORED[rng.integers(0, 5000, amount)].copy()
            index.add(new, np.arange(fresh, fresh + amount))
            held.update(zip(range(fresh, fresh + amount), new, strict=True))
            fresh += amount
        else:
            gone = list(held)[:: data.draw(st.sampled_from([2, 3, 50]))]
            index.remove(np.array(gone, np.int64))
            for key in gone:
                del held[key]
    rows = data.draw(st.lists(st.integers(0, 4999), min_size=1, max_size=4))
    queries = turned(STORED[rows], data.draw(bit_sets))
    now = np.array(list(held.values()), np.uint8).reshape(-1, 32)
    assert len(index) == len(held)
    assert listed(index.range_search(queries, 31)) == brute_force(now, np.array(list(held), np.int64), queries, 31)


# --- files ---


def test_a_saved_index_opens_and_answers_the_same(tmp_path):
    hashes = STORED.copy()
    hashes[:2000] = [turned(STORED[0], RNG.choice(256, 8)) for _ in range(2000)]
    hashes[4000:] = hashes[3000]
    index = HammingIndex.build(hashes, IDS)
    index.save(tmp_path / "i")
    opened = HammingIndex.open(tmp_path / "i")
    opened.verify()
    queries = turned(hashes[::500], [1, 2, 3])
    assert listed(opened.range_search(queries, 31)) == brute_force(hashes, IDS, queries, 31)
    assert opened.info() == index.info()


def test_an_opened_index_can_be_changed_and_saved_over_itself(tmp_path):
    INDEX.save(tmp_path / "i")
    opened = HammingIndex.open(tmp_path / "i")
    opened.remove(IDS[:1])
    opened.add(STORED[:1], np.array([70_000]))
    opened.save(tmp_path / "i")
    assert HammingIndex.open(tmp_path / "i").range_search(STORED[:1], 31).id.tolist() == [70_000]


def test_a_saved_file_holds_no_removed_hash(tmp_path):
    index = HammingIndex.build(STORED, IDS)
    index.remove(IDS[17:18])
    index.save(tmp_path / "i")
    assert STORED[17].tobytes() not in (tmp_path / "i").read_bytes()
    assert STORED[18].tobytes() in (tmp_path / "i").read_bytes()
    assert replace(index.info(), nbytes=0) == replace(HammingIndex.open(tmp_path / "i").info(), nbytes=0)


def test_a_file_of_an_empty_index_opens(tmp_path):
    HammingIndex.build(STORED[:0], IDS[:0]).save(tmp_path / "i")
    assert len(HammingIndex.open(tmp_path / "i")) == 0


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.999999])
def test_a_truncated_file_is_refused(tmp_path, share):
    INDEX.save(tmp_path / "i")
    whole = (tmp_path / "i").read_bytes()
    (tmp_path / "i").write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(IndexFileError, match=r"too short|cut short"):
        HammingIndex.open(tmp_path / "i")


def test_a_changed_section_is_found_by_verify(tmp_path):
    INDEX.save(tmp_path / "i")
    whole = bytearray((tmp_path / "i").read_bytes())
    whole[5000] ^= 1
    (tmp_path / "i").write_bytes(whole)
    with pytest.raises(IndexFileError, match="section '0/hashes' fails its checksum"):
        HammingIndex.open(tmp_path / "i").verify()


def test_row_numbers_that_point_outside_are_refused_not_followed(tmp_path):
    INDEX.save(tmp_path / "i")
    whole = bytearray((tmp_path / "i").read_bytes())
    at = whole.index(INDEX._parts[0][0].tables.high.tobytes())
    whole[at : at + 80_000] = b"\xff" * 80_000
    (tmp_path / "i").write_bytes(whole)
    opened = HammingIndex.open(tmp_path / "i")
    with pytest.raises(IndexFileError, match="points outside itself"):
        opened.range_search(STORED[:5], 31)
