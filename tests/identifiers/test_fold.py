"""Folding: which spellings become one, which words stay apart, and the way back."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.identifiers import ascii_digits, fold, fold_with_way_back, keeps_places

TEXT = st.text(st.characters(codec="utf-8") | st.sampled_from("ന്റൻര്‍ൌൗിക‌़ख़ൟ각가"), max_size=30)


def test_four_spellings_of_one_word_become_one():
    spellings = ["എന്റെ", "എൻ്റെ", "എൻറെ", "എന്‍റെ"]
    assert len({fold(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize("chillu", ["ൺ", "ൻ", "ർ", "ൽ", "ൾ", "ൿ"])
def test_a_chillu_in_the_old_encoding_is_the_new_one(chillu):
    consonant = {"ൺ": "ണ", "ൻ": "ന", "ർ": "ര", "ൽ": "ല", "ൾ": "ള", "ൿ": "ക"}[chillu]
    assert fold(f"അവ{consonant}്\u200d") == fold(f"അവ{chillu}")


def test_words_that_differ_by_a_joiner_stay_apart():
    assert fold("അവൻ") != fold("അവന്")


def test_signs_that_nobody_sees_go():
    assert fold("\u200elight\u200bhouse\u2069") == "lighthouse"


def test_case_and_digits_of_any_script_are_one():
    assert fold("Straße ൧൨३४٥۶") == "strasse 123456"


def test_letters_with_a_dot_below_are_one_however_they_are_typed():
    assert fold("\u0958") == fold("\u0915\u093c")


def test_digits_keep_their_place():
    assert ascii_digits("ഫോൺ ൯൮") == "ഫോൺ 98"


@given(TEXT)
def test_folding_again_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(TEXT)
def test_composed_and_decomposed_fold_alike(text):
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(st.text(st.sampled_from([*map(chr, [*range(0x900, 0x980), *range(0xD00, 0xD80), 0x200C, 0x200D]), *"aZ ’😀"])))
def test_a_text_that_is_folded_at_once_folds_as_one_that_is_folded_by_clusters(text):
    folded = fold_with_way_back(text)
    assert fold(text) == folded.text
    if keeps_places(text):
        assert len(folded.text) == len(text)
        assert all(folded.starts[place] <= place < folded.ends[place] for place in range(len(text)))


@given(TEXT)
def test_the_way_back_leads_from_every_character_to_what_it_came_from(text):
    folded = fold_with_way_back(text)
    assert folded.text == fold(text)
    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    assert folded.starts == sorted(folded.starts)
    for place, character in enumerate(folded.text):
        start, end = folded.original(place, place + 1)
        assert character in fold(text[start:end])


def test_what_was_found_in_the_folded_text_is_shown_in_the_original():
    text = "പറഞ്ഞു എന്‍റെ വള്ളം"
    folded = fold_with_way_back(text)
    start = folded.text.index(fold("എന്റെ"))
    first, last = folded.original(start, start + len(fold("എന്റെ")))
    assert text[first:last] == "എന്‍റെ"
