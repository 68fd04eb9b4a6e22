"""Text of others: every character is seen, and nothing is lost by it."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kavalan.papers.text import displayable, grouped

LATIN = frozenset(range(0x20, 0x7F))


def undone(shown):
    """What was written, by reading the escapes back."""
    return shown.replace("\u200b", "").encode("latin-1", "backslashreplace").decode("unicode_escape")


@given(st.text())
def test_what_was_written_can_be_read_back(text):
    assert undone(displayable(text, LATIN)) == text or "\u200c" in text or "\u200d" in text


@given(st.text())
def test_only_shown_characters_joiners_and_breaks_come_out(text):
    assert {ord(one) for one in displayable(text, LATIN)} <= LATIN | {0x200B, 0x200C, 0x200D}


@given(st.text(st.characters(categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), min_size=1))
def test_what_steers_or_cannot_be_seen_is_escaped_even_where_a_font_has_it(text):
    everything = range(0x110000)
    left = set(displayable(text, everything)) - set("\u200b\u200c\u200d")
    assert all(unicodedata.category(one)[0] not in "CZ" for one in left)


@given(st.text("ab കക്ഷ്ത്രാं\u200d", max_size=200))
def test_breaks_stand_only_in_long_words_and_before_a_cluster(text):
    shown = displayable(text, range(0x110000))
    assert shown.replace("\u200b", "") == text
    for before, after in zip(shown.split("\u200b"), shown.split("\u200b")[1:], strict=False):
        assert len(before.rpartition(" ")[2]) >= 20
        assert before[-1] not in "്\u200d"
        assert unicodedata.category(after[0])[0] != "M"
        assert after[0] != "\u200d"


@given(st.text("ab ", max_size=300))
def test_no_latin_word_runs_past_twenty_characters_without_a_break(text):
    words = displayable(text, LATIN).replace("\u200b", " ").split(" ")
    assert max(map(len, words)) <= 20


def test_conjuncts_of_malayalam_stay_as_they_are_written():
    word = "ക്ഷേത്രം ന്‍"
    assert displayable(word, frozenset(range(0xD00, 0xD80)) | LATIN) == word


def test_digests_are_grouped_by_four():
    assert grouped("0123456789abcdef") == "0123 4567 89ab cdef"
