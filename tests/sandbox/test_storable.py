"""Text out of evidence as a database takes it."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.sandbox import storable


@pytest.mark.parametrize(
    ("text", "stored"),
    [("വള്ളം", "വള്ളം"), ("a\0b", "a␀b"), (b"\xff".decode("utf-8", "surrogateescape"), r"\xff"), ("\ud800", r"\ud800")],
)
def test_what_cannot_be_stored_is_shown_by_signs(text, stored):
    assert storable(text) == stored


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_comes_back_from_a_database(text):
    stored = storable(text)
    assert sqlite3.connect(":memory:").execute("SELECT ?", (stored,)).fetchone() == (stored,)
