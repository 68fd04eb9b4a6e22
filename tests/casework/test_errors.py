"""Refusals, as they are told."""

import pytest
from django.utils import translation

from kavalan.casework.errors import RefusedError


def test_refusal_is_told_in_english_where_no_page_has_a_language():
    assert str(RefusedError("This badge is taken.")) == "This badge is taken."


@pytest.mark.parametrize("language", ["ml", "hi"])
def test_refusal_is_told_in_the_language_of_the_page(language):
    refusal = RefusedError("This badge is taken.")
    with translation.override(language):
        assert str(refusal) not in {"", "This badge is taken."}


def test_values_stand_in_the_text_by_their_names():
    assert str(RefusedError("%(reference)s is recorded already.", reference="W 100%")) == "W 100% is recorded already."


def test_text_that_nobody_translated_is_told_as_it_is():
    with translation.override("ml"):
        assert str(RefusedError("half of it, 50 %, was not read")) == "half of it, 50 %, was not read"
        assert str(RefusedError("")) == ""
