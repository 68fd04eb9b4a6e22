"""Why something was found."""

from kavalan.casework.search.explaining import reason
from kavalan.casework.search.models import SearchDocument
from kavalan.casework.search.words import question


def told(text, *lines):
    found = reason(SearchDocument(title="R-1/2026", lines=[list(line) for line in lines]), question(text))
    return found and (found.said, found.text)


def test_the_line_with_most_of_the_words_is_the_reason():
    lines = [("sender", "A lighthouse"), ("text", "The lighthouse stands on the shore")]
    assert told("lighthouse shore", *lines) == ("text", "The lighthouse stands on the shore")


def test_a_line_that_names_what_identifies_comes_before_one_that_has_words():
    lines = [("text", "call 90000 about it"), ("named", "+919000012345; examplegram night.heron")]
    assert told("90000 12345", *lines)[0] == told("night.heron", *lines)[0] == "names"


def test_without_such_a_line_the_title_says_it():
    assert told("R-1", ("text", "The lighthouse stands on the shore")) is None


def test_a_long_text_is_cut_around_the_word_in_whole_signs():
    text = f"{'കണ്ണൂർ ' * 60}വിളക്കുമാടം {'पुल ' * 60}"
    _, cut = told("വിളക്കുമാടം", ("text", text))
    assert "വിളക്കുമാടം" in cut
    assert cut.startswith("…കണ്ണൂർ ")
    assert cut.endswith("…")
    assert len(cut) < 160
