"""Putting right what was written byte for byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.chats.meta.mojibake import put_right


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_every_text_that_was_written_so_is_put_right(text):
    assert put_right(text.encode().decode("latin-1")) == (text, False)


@pytest.mark.parametrize("text", ["", "boats", "വള്ളം", "café", "വള്ളം Ã©"])
def test_what_was_not_written_so_stays(text):
    assert put_right(text) == (text, False)


def test_a_text_that_was_cut_within_a_letter_is_put_right_as_far_as_it_goes():
    cut = "വള്ളം".encode()[:-1].decode("latin-1")
    assert put_right(cut) == ("വള്ള\xe0\xb4", True)
