"""Text out of evidence as one line."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.sandbox import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("DCIM/0001.jpg", "DCIM/0001.jpg"),
        ("കടൽ/चित्र.jpg", "കടൽ/चित्र.jpg"),
        (os.fsdecode(b"bad\xff.jpg"), r"bad\xff.jpg"),
        ("two\nlines\x1b[2J", r"two\nlines\x1b[2J"),
        ("photo\u202egpj.exe", r"photo\u202egpj.exe"),
        ("\U000e0041", r"\U000e0041"),
        ("\x85", r"\u0085"),
        ("\ud800", r"\ud800"),
    ],
)
def test_text_is_shown_safely(text, shown):
    assert printable(text) == shown


def test_a_caller_names_further_characters_that_mean_something():
    assert printable("a»b", "«»") == r"a\u00bbb"


@given(st.text())
def test_any_text_is_one_printable_line(text):
    assert printable(text).isprintable()


@given(st.binary(max_size=12), st.binary(max_size=12))
def test_different_bytes_are_shown_differently_once_backslashes_are_doubled(one, other):
    shown = [printable(os.fsdecode(name).replace("\\", "\\\\")) for name in (one, other)]
    assert (shown[0] == shown[1]) == (one == other)
