"""What is found, by whom, and what is not."""

import pytest

from kavalan.casework.search.models import SearchDocument
from kavalan.casework.search.selectors import Search
from kavalan.casework.search.words import question

from ..conftest import NOW


def titles(officer, text, *, typing=False):
    pages = Search(officer, NOW, 6).of_each_kind(question(text, typing=typing).wanted)
    return [document.title for page in pages for document in page.documents]


def test_an_exhibit_is_found_by_its_reference_and_by_a_word_of_its_description(people, exhibit):
    assert "E-1" in titles(people.alice, "E-1")
    assert titles(people.alice, "memory") == titles(people.bob, "CARD") == ["E-1"]
    assert titles(people.alice, "e-3") == []


@pytest.mark.parametrize("who", ["dora", "charlie"])
def test_who_was_not_let_in_finds_nothing(people, exhibit, who):
    assert SearchDocument.objects.count() == 2
    assert titles(getattr(people, who), "memory card") == []
