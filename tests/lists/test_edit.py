import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.lists.invented import Clock, bare, digest, entry, face, load, pdq

from kavalan.lists import Catalogue, Entry, Kind, ListError, Subject


@pytest.fixture
def catalogue(tmp_path):
    return Catalogue(tmp_path / "lists", Clock())


def found(catalogue, *numbers):
    subjects = [Subject(id=n, sha1=digest("sha1", n)) for n in numbers]
    return sorted({hit.subject for hit in catalogue.open(["known"]).match(subjects).hits})


def test_an_entry_is_withdrawn_by_its_key(catalogue):
    load(catalogue, [entry(1), entry(2, key="key-1"), entry(3)])
    with catalogue.edit("known") as editor:
        assert editor.withdraw([Entry(position=0, key="key-1")]) == 2
        assert editor.withdraw([Entry(position=0, key="key-1")]) == 0
    assert found(catalogue, 1, 2, 3) == [3]


@pytest.mark.parametrize("kind", ["md5", "sha1", "sha256", "pdq"])
def test_an_entry_is_withdrawn_by_any_of_its_fingerprints(kind, catalogue):
    load(catalogue, [entry(1), entry(2)])
    with catalogue.edit("known") as editor:
        assert editor.withdraw([bare(1, kind)]) == 1
    assert found(catalogue, 1, 2) == [2]


def test_a_flat_hash_that_no_index_holds_is_withdrawn_too(catalogue):
    load(catalogue, [entry(1, pdq=bytes(32)), entry(2)])
    with catalogue.edit("known") as editor:
        editor.add([entry(3, pdq=bytes(32))])
        assert editor.withdraw([Entry(position=0, pdq=bytes(32))]) == 2
    assert found(catalogue, 1, 2, 3) == [2]


def test_a_withdrawal_by_hash_takes_only_the_equal_one_and_not_the_near(catalogue):
    near = bytes([pdq(1)[0] ^ 1]) + pdq(1)[1:]
    load(catalogue, [entry(1), entry(2, pdq=near)])
    with catalogue.edit("known") as editor:
        assert editor.withdraw([bare(1, "pdq")]) == 1
    assert found(catalogue, 1, 2) == [2]


def test_what_was_added_is_withdrawn_like_the_rest(catalogue):
    catalogue.create(face())
    with catalogue.edit("known") as editor:
        assert editor.add(entry(n) for n in range(30)) == 30
        assert editor.withdraw([entry(3), bare(4, "sha1"), bare(5, "pdq")]) == 3
    assert found(catalogue, 2, 3, 4, 5, 6) == [2, 6]


def test_a_delivery_of_changes_replaces_adds_and_withdraws(catalogue):
    load(catalogue, [entry(1), entry(2), entry(3)])
    delta = [entry(1, sha1=digest("sha1", 11)), Entry(position=2, key="key-2", withdrawn=True), entry(4)]
    with catalogue.edit("known") as editor:
        assert editor.apply(delta) == (2, 1)
    assert found(catalogue, 1, 2, 3, 4, 11) == [3, 4, 11]


def test_of_several_changes_to_one_key_the_last_one_counts(catalogue):
    catalogue.create(face())
    with catalogue.edit("known") as editor:
        editor.apply([entry(1), entry(1, withdrawn=True), entry(2, withdrawn=True), entry(2)])
    assert found(catalogue, 1, 2) == [2]


def test_a_withdrawal_is_not_added_as_an_entry(catalogue):
    catalogue.create(face())
    with catalogue.edit("known") as editor:
        for wrong in (entry(1, withdrawn=True), Entry(position=1, key="only a key")):
            with pytest.raises(ListError):
                editor.add([wrong])


def test_name_and_kind_never_change(catalogue):
    catalogue.create(face())
    with catalogue.edit("known") as editor:
        for wrong in (face("other"), face(kind=Kind.NEGATIVE)):
            with pytest.raises(ListError, match="never change"):
                editor.change_info(wrong)


def test_compaction_keeps_answers_and_state(catalogue):
    load(catalogue, [entry(n) for n in range(10)])
    with catalogue.edit("known") as editor:
        editor.add(entry(n) for n in range(10, 20))
        editor.withdraw([entry(2), entry(12)])
        editor.compact()
    status = catalogue.status("known")
    assert (status.state, status.entries, status.added, status.withdrawn) == ("gen-2+0", 18, 0, 0)
    assert found(catalogue, *range(21)) == [n for n in range(20) if n not in {2, 12}]


steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, 9)),
        st.tuples(st.just("withdraw"), st.integers(0, 9)),
        st.tuples(st.just("compact"), st.just(0)),
        st.tuples(st.just("load"), st.integers(0, 9)),
    ),
    max_size=6,
)


@settings(max_examples=12, deadline=None)
@given(steps=steps)
def test_any_sequence_of_changes_answers_like_a_plain_set(steps, tmp_path_factory):
    catalogue = Catalogue(tmp_path_factory.mktemp("l"), Clock())
    catalogue.create(face())
    model: set[int] = set()
    for act, number in steps:
        if act == "load":
            load(catalogue, [bare(number, "sha1", "sha256"), bare(number + 1, "sha1", "sha256")])
            model = {number, number + 1}
            continue
        with catalogue.edit("known") as editor:
            if act == "add":
                editor.add([bare(number, "sha1", "sha256")])
                model.add(number)
            elif act == "withdraw":
                editor.withdraw([bare(number, "sha256")])
                model.discard(number)
            else:
                editor.compact()
    assert found(catalogue, *range(12)) == sorted(model)
