r"""Mending: `\xNN` as it was meant, everything else as it was."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.chats.telegram.mending import mended


@pytest.mark.parametrize(
    ("broken", "meant"),
    [
        (rb'"a\x0Bb"', "a\x0bb"),
        (rb'"a\\x0Bb"', r"a\x0Bb"),
        (rb'"a\\\x0Bb"', "a\\\x0bb"),
        (rb'"\q"', r"\q"),
        (b'"\xff"', r"\xff"),
        (rb'"a\ud83d"', r"a\ud83d"),
        (rb'"\uDE00 \ud83d\ude00"', "\\uDE00 \U0001f600"),
    ],
)
def test_what_is_broken_is_read_as_it_was_meant(broken, meant):
    assert json.loads(mended(broken)) == meant


@settings(max_examples=60, deadline=None)
@given(st.text(), st.booleans())
def test_what_is_json_already_stays_as_it_is(text, ascii_only):
    try:
        data = json.dumps(text, ensure_ascii=ascii_only).encode()
    except UnicodeEncodeError:
        return
    assert mended(data) == data
