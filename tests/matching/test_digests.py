"""`DigestIndex` against a dictionary of lists."""

import hashlib
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kavalan.matching import WIDTHS, DigestIndex, IndexFileError

algorithms = pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256"])


def real_digests(algorithm, numbers):
    """Digests of small numbers, (n, width)."""
    return np.array([list(hashlib.new(algorithm, str(number).encode()).digest()) for number in numbers], np.uint8)


def by_dictionary(digests, ids, queries):
    """Every (query, id), sorted, each once."""
    known = defaultdict(set)
    for digest, key in zip(digests, ids, strict=True):
        known[digest.tobytes()].add(int(key))
    return [(place, key) for place, query in enumerate(queries) for key in sorted(known[query.tobytes()])]


def listed(matches):
    return [(int(place), int(key)) for place, key in zip(*matches, strict=True)]


def test_the_widths_are_those_of_the_algorithms():
    assert {name: hashlib.new(name).digest_size for name in WIDTHS} == WIDTHS


@algorithms
def test_every_digest_is_found_and_no_other(algorithm):
    digests, ids = real_digests(algorithm, range(3000)), np.arange(3000, dtype=np.int64)[::-1] * 5
    index = DigestIndex.build(algorithm, digests, ids)
    queries = real_digests(algorithm, range(2000, 4000))
    assert listed(index.find(queries)) == by_dictionary(digests, ids, queries)


@algorithms
def test_one_turned_bit_anywhere_is_another_digest(algorithm):
    digest = real_digests(algorithm, [1])
    index = DigestIndex.build(algorithm, digest, np.array([9]))
    turned = np.repeat(digest, 8 * WIDTHS[algorithm], axis=0)
    for bit in range(len(turned)):
        turned[bit, bit // 8] ^= 1 << bit % 8
    assert listed(index.find(turned)) == []


few = st.sampled_from([0, 1, 255])


@settings(max_examples=80, deadline=None)
@given(data=st.data(), algorithm=st.sampled_from(sorted(WIDTHS)))
def test_digests_that_differ_little_and_repeat_are_found_as_by_a_dictionary(data, algorithm):
    width = WIDTHS[algorithm]
    shape = st.tuples(st.integers(0, 30), st.just(width))
    digests = data.draw(hnp.arrays(np.uint8, shape, elements=few, fill=st.just(0)))
    ids = data.draw(hnp.arrays(np.int64, len(digests), elements=st.integers(-(2**63), 2**63 - 1)))
    queries = np.concatenate((digests, data.draw(hnp.arrays(np.uint8, shape, elements=few, fill=st.just(0)))))
    index = DigestIndex.build(algorithm, digests, ids)
    assert listed(index.find(queries)) == by_dictionary(digests, ids, queries)


@algorithms
def test_a_stream_written_to_a_file_answers_as_the_index_in_memory(tmp_path, algorithm):
    digests, ids = real_digests(algorithm, range(5000)), np.arange(5000, dtype=np.int64)
    digests[4000:] = digests[:1000]
    batches = [(digests[first : first + 700], ids[first : first + 700]) for first in range(0, 5000, 700)]
    assert DigestIndex.write(tmp_path / "d", algorithm, batches) == 5000
    opened = DigestIndex.open(tmp_path / "d", algorithm)
    opened.verify()
    assert len(opened) == 5000
    assert listed(opened.find(digests[::7])) == by_dictionary(digests, ids, digests[::7])
    assert [path.name for path in tmp_path.iterdir()] == ["d"]


def test_a_pair_given_twice_is_kept_once(tmp_path):
    digests, ids = real_digests("md5", [1, 1, 1]), np.array([4, 4, 2])
    assert listed(DigestIndex.build("md5", digests, ids).find(digests[:1])) == [(0, 2), (0, 4)]
    assert DigestIndex.write(tmp_path / "d", "md5", [(digests, ids)]) == 2


def test_a_hundred_thousand_ids_of_one_digest_are_all_found():
    digests, ids = np.repeat(real_digests("sha1", [1]), 100_000, axis=0), np.arange(100_000, dtype=np.int64)
    index = DigestIndex.build("sha1", digests, ids)
    assert index.find(digests[:1]).id.tolist() == ids.tolist()


def test_an_empty_stream_makes_an_index_that_finds_nothing(tmp_path):
    assert DigestIndex.write(tmp_path / "d", "sha256", []) == 0
    assert listed(DigestIndex.open(tmp_path / "d", "sha256").find(real_digests("sha256", [1]))) == []


@algorithms
def test_the_file_takes_the_record_and_at_most_a_byte_more(tmp_path, algorithm):
    rng = np.random.default_rng(0)
    digests = rng.integers(0, 256, (200_000, WIDTHS[algorithm]), dtype=np.uint8)
    DigestIndex.write(tmp_path / "d", algorithm, [(digests, np.arange(200_000, dtype=np.int64))])
    assert (tmp_path / "d").stat().st_size <= 200_000 * (WIDTHS[algorithm] + 8 + 1) + 10_000


def test_a_failing_stream_leaves_nothing_behind(tmp_path):
    def batches():
        yield real_digests("md5", [1]), np.array([1])
        raise ConnectionError

    with pytest.raises(ConnectionError):
        DigestIndex.write(tmp_path / "d", "md5", batches())
    assert list(tmp_path.iterdir()) == []


def test_an_index_of_another_algorithm_is_refused(tmp_path):
    DigestIndex.write(tmp_path / "d", "md5", [])
    with pytest.raises(IndexFileError, match="holds 'digests md5', not 'digests sha1'"):
        DigestIndex.open(tmp_path / "d", "sha1")


def test_an_unknown_algorithm_is_refused():
    with pytest.raises(ValueError, match="md5, sha1, sha256"):
        DigestIndex.build("crc32", np.zeros((1, 4), np.uint8), np.array([1]))


def test_digests_of_another_width_are_refused():
    index = DigestIndex.build("md5", real_digests("md5", [1]), np.array([1]))
    with pytest.raises(ValueError, match="md5 digests must be uint8"):
        index.find(real_digests("sha1", [1]))


def test_ids_of_another_type_are_refused():
    with pytest.raises(ValueError, match="ids must be int64"):
        DigestIndex.build("md5", real_digests("md5", [1]), np.array([1.0]))


def test_a_truncated_file_is_refused(tmp_path):
    DigestIndex.write(tmp_path / "d", "md5", [(real_digests("md5", range(50)), np.arange(50))])
    whole = (tmp_path / "d").read_bytes()
    (tmp_path / "d").write_bytes(whole[:-1])
    with pytest.raises(IndexFileError, match="cut short"):
        DigestIndex.open(tmp_path / "d", "md5")


def test_a_table_that_points_outside_is_refused(tmp_path):
    DigestIndex.write(tmp_path / "d", "md5", [(real_digests("md5", range(50)), np.arange(50))])
    whole = bytearray((tmp_path / "d").read_bytes())
    whole[4096 + 4096 + 40] = 255  # the tenth start; the records fill the first page
    (tmp_path / "d").write_bytes(whole)
    with pytest.raises(IndexFileError, match="contradicts itself"):
        DigestIndex.open(tmp_path / "d", "md5")


def test_a_changed_record_is_found_by_verify(tmp_path):
    DigestIndex.write(tmp_path / "d", "md5", [(real_digests("md5", range(50)), np.arange(50))])
    whole = bytearray((tmp_path / "d").read_bytes())
    whole[4096 + 7] ^= 1
    (tmp_path / "d").write_bytes(whole)
    with pytest.raises(IndexFileError, match="section 'records' fails its checksum"):
        DigestIndex.open(tmp_path / "d", "md5").verify()
