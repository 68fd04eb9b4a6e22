"""Words of documents and of questions."""

import pytest

from kavalan.casework.search.rules import MOST_WORDS, Kind
from kavalan.casework.search.words import All, Either, Word, document_words, exact_word, kind_word, question, whole_word


def holds(document, wanted):
    """Whether a document's words are what is wanted, told plainly."""
    match wanted:
        case Word():
            return any(wanted.fits(word) for word in document.split())
        case All(parts):
            return all(holds(document, part) for part in parts)
        case Either(parts):
            return any(holds(document, part) for part in parts)


def finds(text, *lines, typing=False, **more):
    return holds(document_words(Kind.REPORT, lines, **more), question(text, typing=typing).wanted)


@pytest.mark.parametrize("text", ["", " ", "-", "/ . *", "\ue000"])
def test_a_text_without_a_word_asks_nothing(text):
    assert question(text) is None


def test_all_words_must_be_there_in_any_order_and_case():
    assert finds("SHORE lighthouse", "A lighthouse on the shore")
    assert not finds("lighthouse harbour", "A lighthouse on the shore")


@pytest.mark.parametrize(
    ("asked", "written"),
    [("എൻറെ", "എന്റെ വീട്"), ("അവന്\u200d", "അവൻ വന്നു"), ("\u0958लम", "क\u093cलम है"), ("१२३", "page 123")],
)
def test_spellings_that_fold_as_one_find_each_other(asked, written):
    assert finds(asked, written)


def test_a_vowel_sign_is_part_of_its_word():
    assert not finds("കണ", "കണ്ണൂർ")
    assert not finds("കണ്ണൂ", "കണ്ണൂർ")


def test_a_word_that_ends_in_an_asterisk_is_a_beginning():
    assert finds("light* shore", "lighthouses of the shore")
    assert not finds("light shore", "lighthouses of the shore")
    assert finds("കണ്ണൂ*", "കണ്ണൂരിൽ")


def test_the_last_word_of_somebody_who_is_typing_is_a_beginning_once_it_has_three_signs():
    assert finds("shore lig", "lighthouse, shore", typing=True)
    assert not finds("shore li", "lighthouse, shore", typing=True)
    assert not finds("sho lighthouse", "lighthouse, shore", typing=True)


def test_a_number_is_found_whole_whatever_stands_between_its_parts():
    assert finds("ceu 12 2026", wholes=["CEU/12/2026"])
    assert finds("CEU12/2026", wholes=["CEU/12/2026"])
    assert not finds("CEU/1/2026", wholes=["CEU/12/2026"])
    assert finds("ceu/1", wholes=["CEU/12/2026"], typing=True)


def test_a_telephone_is_found_however_it_is_typed_and_only_whole():
    named = [("phone", "+919000012345")]
    for typed in ("+91 90000 12345", "90000 12345", "09000012345", "9000012345"):
        assert finds(typed, named=named)
    assert not finds("9000012346", named=named)
    assert not finds("900001234", named=named)
    assert not finds("90000", named=named)


def test_an_account_is_found_with_its_service_and_without():
    named = [("handle", "examplegram night.heron")]
    assert finds("@night.heron", named=named)
    assert finds("night.heron", named=named)
    assert not finds("heron", named=named)


def test_what_a_text_brings_cannot_pass_for_what_is_put_beside_it():
    forged = f"{kind_word(Kind.CASE)} {exact_word('phone', '+919000012345')} {whole_word('E-1')}"
    document = document_words(Kind.REPORT, [forged])
    assert kind_word(Kind.CASE) not in document.split()
    assert not holds(document, question("9000012345").wanted)


def test_a_text_of_very_many_words_keeps_the_first():
    document = document_words(Kind.NOTE, [" ".join(f"w{number}" for number in range(3 * MOST_WORDS))])
    assert len(document.split()) == MOST_WORDS
    assert " w0 " in document
