import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.lists.invented import NOW, bare, entry, face

from kavalan.lists import Category, DamagedError, Entry, Flag, Opaque, TooLargeError
from kavalan.lists.compile import Compiler
from kavalan.lists.generation import Generation, Source


def compiled(directory, entries):
    directory.mkdir(parents=True)
    compiler = Compiler(directory)
    for one in entries:
        compiler.add(one)
    return compiler.finish(face(), NOW, Source())


bytes_or_none = lambda size: st.none() | st.binary(min_size=size, max_size=size)  # noqa: E731
entries = st.builds(
    Entry,
    position=st.integers(0, 2**40),
    key=st.none() | st.text(max_size=20),
    md5=bytes_or_none(16),
    sha1=bytes_or_none(20),
    sha256=bytes_or_none(32),
    pdq=bytes_or_none(32),
    pdq_quality=st.none() | st.integers(0, 100),
    size=st.none() | st.integers(0, 2**40),
    opaque=st.lists(st.builds(Opaque, st.text(max_size=5), st.binary(max_size=200)), max_size=2).map(tuple),
    categories=st.lists(st.builds(Category, st.sampled_from("ab"), st.sampled_from("12")), max_size=2).map(tuple),
    flags=st.integers(0, 127).map(Flag),
    updated=st.none() | st.just(NOW),
)


@settings(max_examples=12, deadline=None)
@given(given=st.lists(entries, max_size=12))
def test_every_entry_comes_back_as_it_was(given, tmp_path_factory):
    generation = compiled(tmp_path_factory.mktemp("g") / "g", given)
    assert list(generation.entries(np.arange(len(given)))) == given


@settings(max_examples=12, deadline=None)
@given(given=st.lists(st.tuples(entries, st.booleans()), max_size=12))
def test_a_copy_has_the_kept_entries_and_answers_by_their_new_rows(given, tmp_path_factory):
    folder = tmp_path_factory.mktemp("g")
    first = compiled(folder / "g", [one for one, _ in given])
    (folder / "h").mkdir()
    compiler = Compiler(folder / "h")
    compiler.add(entry(1))
    compiler.copy(first, np.array([stays for _, stays in given], np.bool_))
    second = compiler.finish(face(), NOW, Source())
    wanted = [entry(1), *(one for one, stays in given if stays)]
    assert list(second.entries(np.arange(len(wanted)))) == wanted
    for row, one in enumerate(wanted):
        assert one.key is None or row in second.with_key(one.key)
        if one.md5:
            _, found = second.indexes.equal("md5", np.frombuffer(one.md5, np.uint8).reshape(1, 16))
            assert row in found.tolist()


def test_a_generation_opens_again_as_it_was_written(tmp_path):
    given = [entry(n) for n in range(50)]
    compiled(tmp_path / "g", given)
    again = Generation(tmp_path / "g")
    assert list(again.entries(np.arange(50))) == given
    assert again.manifest.counts == {"md5": 50, "sha1": 50, "sha256": 50, "pdq": 50}
    again.verify()


def test_many_chunks_are_one_list(tmp_path, monkeypatch):
    monkeypatch.setattr("kavalan.lists.compile.CHUNK", 7)
    given = [entry(n) if n % 2 else bare(n, "sha1") for n in range(60)]
    first = compiled(tmp_path / "g", given)
    (tmp_path / "h").mkdir()
    compiler = Compiler(tmp_path / "h")
    kept = np.arange(60) % 3 > 0
    compiler.copy(first, kept)
    second = compiler.finish(face(), NOW, Source())
    assert list(second.entries(np.arange(40))) == [one for one, stays in zip(given, kept, strict=True) if stays]


def test_flat_hashes_and_those_of_low_quality_are_kept_and_not_indexed(tmp_path):
    given = [
        entry(1),
        entry(2, pdq=bytes(32)),
        entry(3, pdq=b"\xff" * 32),
        entry(4, pdq_quality=49),
        entry(5, pdq_quality=50),
        entry(6, pdq_quality=None),
        entry(7, pdq=(2**31 - 1).to_bytes(32)),
        entry(8, pdq=(2**32 - 1).to_bytes(32)),
    ]
    generation = compiled(tmp_path / "g", given)
    assert (generation.manifest.counts["pdq"], generation.manifest.indexed["pdq"]) == (8, 4)


def test_entries_with_equal_keys_and_digests_all_stay(tmp_path):
    generation = compiled(tmp_path / "g", [entry(1), entry(1), entry(2)])
    assert generation.with_key("key-1") == [0, 1]
    assert generation.with_key("key-9") == []


def test_verify_finds_a_changed_byte_in_any_file(tmp_path):
    generation = compiled(tmp_path / "g", [entry(n) for n in range(5)])
    for name in json.loads((tmp_path / "g" / "manifest.json").read_text())["files"]:
        path = tmp_path / "g" / name
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        with pytest.raises(DamagedError, match="source"):
            generation.verify()
        path.write_bytes(whole)
    generation.verify()


def test_an_index_that_is_missing_is_never_taken_for_an_empty_one(tmp_path):
    compiled(tmp_path / "g", [entry(1)])
    (tmp_path / "g" / "sha1.index").unlink()
    with pytest.raises(FileNotFoundError):
        Generation(tmp_path / "g")


def test_free_text_as_category_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("kavalan.lists.compile.MAX_SETS", 10)
    with pytest.raises(TooLargeError, match="free text"):
        compiled(tmp_path / "g", [entry(n, categories=(Category("s", str(n)),)) for n in range(20)])


def test_an_empty_generation_is_one(tmp_path):
    compiled(tmp_path / "g", [])
    generation = Generation(tmp_path / "g")
    assert len(generation.rows) == 0
    query, row = generation.indexes.equal("md5", np.zeros((1, 16), np.uint8))
    assert len(query) == len(row) == 0
