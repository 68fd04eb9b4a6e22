"""Index files: what is refused, and that a write is all or nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.matching import IndexFileError
from kavalan.matching.store import Store, StoreWriter

ARRAY = np.arange(3000, dtype=np.uint32)


def write(path, kind="test"):
    with StoreWriter(path, kind) as writer:
        writer.write("flat", [ARRAY[:1000], ARRAY[1000:]])
        writer.write("wide", [ARRAY.reshape(-1, 3).astype(np.uint8)])
        writer.write("none", [ARRAY[:0]])
        writer.finish({"answer": 42})


@pytest.fixture
def whole(tmp_path):
    write(tmp_path / "i")
    return (tmp_path / "i").read_bytes()


def test_sections_and_facts_come_back(tmp_path, whole):
    store = Store(tmp_path / "i", "test")
    store.verify()
    assert store.facts == {"answer": 42}
    assert store.array("flat", np.uint32).tolist() == ARRAY.tolist()
    assert store.array("wide", np.uint8, columns=3).shape == (1000, 3)
    assert store.array("none", np.uint32).size == 0


def test_arrays_cannot_be_written_to(tmp_path, whole):
    store = Store(tmp_path / "i", "test")
    assert not any(store.array(name, np.uint32).flags.writeable for name in ("flat", "none"))


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_file_cut_anywhere_is_refused(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("cut") / "i"
    write(path)
    content = path.read_bytes()
    path.write_bytes(content[: data.draw(st.integers(0, len(content) - 1))])
    with pytest.raises(IndexFileError, match=r"too short|cut short|is not a Kavalan index"):
        Store(path, "test")


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_byte_changed_anywhere_is_found_out_or_changes_nothing(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("changed") / "i"
    write(path)
    content = bytearray(path.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    try:
        store = Store(path, "test")
        store.verify()
    except IndexFileError:
        return
    assert store.array("flat", np.uint32).tolist() == ARRAY.tolist()
    assert store.array("wide", np.uint8, columns=3).reshape(-1).tolist() == ARRAY.astype(np.uint8).tolist()


def test_another_kind_is_refused_by_name(tmp_path, whole):
    with pytest.raises(IndexFileError, match="holds 'test', not 'hamming 256'"):
        Store(tmp_path / "i", "hamming 256")


def test_another_version_is_refused_by_number(tmp_path, whole):
    (tmp_path / "i").write_bytes(whole[:14] + b"\x07\x00" + whole[16:])
    with pytest.raises(IndexFileError, match="has version 7; this Kavalan reads version 1"):
        Store(tmp_path / "i", "test")


def test_a_foreign_file_is_refused(tmp_path):
    (tmp_path / "i").write_bytes(b"SQLite format 3\0" + bytes(5000))
    with pytest.raises(IndexFileError, match="is not a Kavalan index"):
        Store(tmp_path / "i", "test")


def test_a_missing_section_is_named(tmp_path, whole):
    with pytest.raises(IndexFileError, match="lacks the section 'other' of uint32"):
        Store(tmp_path / "i", "test").array("other", np.uint32)


def test_a_section_of_another_type_is_refused(tmp_path, whole):
    with pytest.raises(IndexFileError, match="lacks the section 'flat' of int64"):
        Store(tmp_path / "i", "test").array("flat", np.int64)


def test_a_name_that_is_no_text_is_escaped_in_the_error(tmp_path):
    path = tmp_path / "\udcff\x1b[2J"
    path.write_bytes(b"short")
    with pytest.raises(IndexFileError) as caught:
        Store(path, "test")
    assert str(caught.value).isprintable()


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, whole):
    def failing():
        yield ARRAY
        raise ConnectionError

    with pytest.raises(ConnectionError), StoreWriter(tmp_path / "i", "test") as writer:
        writer.write("flat", failing())
    assert (tmp_path / "i").read_bytes() == whole
    assert [path.name for path in tmp_path.iterdir()] == ["i"]
