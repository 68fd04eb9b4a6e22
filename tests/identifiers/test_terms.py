"""A list of terms: every one where it stands as a word, in whichever spelling."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.identifiers import Term, TermError, Terms, fold, read_terms


def found(text, *terms):
    return [(text[one.start : one.end], one.term.text) for one in Terms(read_terms(terms)).find(text)]


def test_a_term_is_found_as_a_word_and_not_within_one():
    assert found("Nets, net-work and a NET; network, cabinet", "net") == [("net", "net"), ("NET", "net")]


def test_a_sign_opens_an_end():
    assert found("network cabinet net", "net*") == [("net", "net"), ("net", "net")]
    assert found("network cabinet net", "*net") == [("net", "net"), ("net", "net")]
    assert len(found("network cabinet net", "*net*")) == 3


def test_a_vowel_sign_or_a_virama_behind_makes_another_word():
    assert found("വല", "വല") == [("വല", "വല")]
    assert found("വലയിൽ വലി വല്", "വല") == []
    assert found("നാവ് नाव नावें", "नाव") == [("नाव", "नाव")]
    assert found("വലയിൽ", "വല*") == [("വല", "വല")]


def test_any_spelling_is_found_and_shown_as_it_stands():
    assert found("ഇത് എന്\u200dറെ വള്ളം, BOAT ൧൨", "എന്റെ", "boat 12") == [("എന്\u200dറെ", "എന്റെ"), ("BOAT ൧൨", "boat 12")]


def test_terms_within_others_and_over_lines_are_found_too():
    assert found("fishing\nnet", "net", "fishing  net", "fishing") == [
        ("fishing", "fishing"),
        ("fishing\nnet", "fishing  net"),
        ("net", "net"),
    ]


def test_signs_at_the_end_of_a_term_need_no_words_end():
    assert found("buy #boats! c++11", "#boats", "c++") == [("#boats", "#boats"), ("c++", "c++")]


def test_a_list_has_labels_and_remarks():
    lines = ["\ufeff# of the harbour\n", "net*\tgear\n", "\n", "#boats\r\n", "#\n"]
    assert read_terms(lines) == [Term("net", "gear", begins=True), Term("#boats")]


@pytest.mark.parametrize("line", ["**", "!?\tx"])
def test_a_line_without_a_word_is_refused_with_its_number(line):
    with pytest.raises(TermError, match="line 2"):
        read_terms(["net", line])


def test_many_texts_are_told_by_their_numbers():
    texts = ["", "a net", "x", "net net", ""] * 400
    told = {number: len(hits) for number, hits in Terms([Term("net")]).search(iter(texts))}
    assert told == {number: text.count("net") for number, text in enumerate(texts) if "net" in text}


def test_an_empty_list_finds_nothing():
    assert Terms([]).find("a net") == []


def slowly(text, term):
    """Every place, by trying each."""
    folded, sought = fold(text), fold(term)
    ends = {place for place, sign in enumerate(f" {folded} ") if unicodedata.category(sign)[0] not in "LNM"}
    return [
        place
        for place in range(len(folded))
        if folded.startswith(sought, place) and place in ends and place + len(sought) + 1 in ends
    ]


WORDS = st.text(st.sampled_from("abAരംി്ൽ"), min_size=1, max_size=4).filter(
    lambda word: unicodedata.category(word[0])[0] == "L"
)


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=6), st.lists(WORDS | st.sampled_from([" ", "-", "\u200d"]), max_size=20))
def test_what_is_found_is_what_trying_every_place_finds(terms, parts):
    text = "".join(parts)
    told = Terms(map(Term, terms)).find(text)
    for term in set(terms):
        assert sum(one.term.text == term for one in told) == len(slowly(text, term)) * terms.count(term)
    assert all(fold(text[one.start : one.end]) == fold(one.term.text) for one in told)
