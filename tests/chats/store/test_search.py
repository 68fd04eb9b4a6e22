"""Asking a store for words, in whichever spelling they are written."""

import sqlite3

import pytest

from kavalan.chats import Batch, ChatError, Source, Store, Writer
from kavalan.chats.store.search import query
from kavalan.identifiers import Term, Terms
from tests.chats.heard import hear

# Four spellings of one word, "mine", which Unicode does not call the same.
MINE = ["എന്റെ", "എൻ്റെ", "എൻറെ", "എന്\u200d്റെ"]
HE, TO_HIM = "അവൻ", "അവന്"


@pytest.fixture
def stored(tmp_path):
    def store(*texts):
        text = "".join(f"13/03/2025, 10:00 - Asha: {one}\n" for one in texts)
        said = hear(text)
        source = Source("0" * 64, len(text), "a.txt", "whatsapp-text", "FIR 1", "A", "2026-01-01", "1")
        with Writer(tmp_path, source) as writer:
            batch = Batch(
                said.messages, said.events, said.named, list(said.conversations.values()), list(said.accounts.values())
            )
            writer.add(batch)
            writer.finish(said.reading)
        return Store(tmp_path)

    return store


@pytest.mark.parametrize("asked", MINE)
def test_any_of_four_spellings_finds_all(stored, asked):
    with stored(*MINE, "ente") as store:
        assert [hit.text for hit in store.search(asked)] == MINE


def test_words_that_differ_in_meaning_stay_apart(stored):
    with stored(HE, TO_HIM) as store:
        assert [hit.text for hit in store.search(HE)] == [HE]
        assert [hit.text for hit in store.search(TO_HIM)] == [TO_HIM]


def test_words_of_indian_scripts_are_whole_for_the_tokenizer(stored):
    with stored("കുട്ടികൾ സ്കൂളിൽ बच्चे") as store:
        store.base.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, word, 'row')")
        assert {term for (term,) in store.base.execute("SELECT term FROM words")} == {"കുട്ടികൾ", "സ്കൂളിൽ", "बच्चे"}


def test_all_words_must_be_there_and_a_star_finds_beginnings(stored):
    with stored("the boats go out", "a boat", "go") as store:
        assert [hit.text for hit in store.search("go BOAT*")] == ["the boats go out"]
        assert [hit.text for hit in store.search("boat")] == ["a boat"]


@pytest.mark.parametrize("words", ['"', "*", "AND", 'a" OR "b', "NEAR(a b)", "text:a", "-a", "(", ""])
def test_what_is_asked_is_never_taken_for_an_operator(stored, words):
    with stored("nothing like it") as store:
        assert list(store.search(words)) == []


def test_digits_of_any_script_are_one():
    assert query("൧൨") == '"12"'


def test_words_are_found_by_what_they_sound_like_in_any_script(stored):
    with stored("വള്ളം വന്നു", "the vallam came", "वल्लम", "the valley", "vala") as store:
        assert [(hit.text, heard) for hit, heard in store.sounding("vallam")] == [
            ("വള്ളം വന്നു", ["വള്ളം"]),
            ("the vallam came", ["vallam"]),
            ("वल्लम", ["वल्लम"]),
        ]
        assert [heard for _, heard in store.sounding("vannoo vallam")] == [["വള്ളം", "വന്നു"]]
        assert list(store.sounding("vallam kadal")) == []


def test_a_word_without_a_sound_to_speak_of_is_refused(stored):
    with stored("a") as store, pytest.raises(ChatError, match="too short"):
        list(store.sounding("vallam a"))


def test_messages_that_hold_terms_are_told_with_their_places(stored):
    terms = Terms([Term("net", begins=True), Term("വള്ളം")])
    with stored("no", "a network", "x", "വള്ളം net") as store:
        assert [
            (hit.text, [hit.text[one.start : one.end] for one in found]) for hit, found in store.holding(terms)
        ] == [
            ("a network", ["net"]),
            ("വള്ളം net", ["വള്ളം", "net"]),
        ]


def test_a_store_cannot_be_written(stored):
    with stored("a") as store, pytest.raises(sqlite3.OperationalError):
        store.base.execute("DELETE FROM message")


def test_what_is_no_store_is_refused(tmp_path):
    (tmp_path / "chats.sqlite").write_bytes(b"no database")
    with pytest.raises(ChatError, match="no store"):
        Store(tmp_path)


def test_an_unfinished_store_is_removed(tmp_path):
    source = Source("0" * 64, 0, "a.txt", "whatsapp-text", "FIR 1", "A", "2026-01-01", "1")
    with Writer(tmp_path, source):
        pass
    assert list(tmp_path.iterdir()) == []
