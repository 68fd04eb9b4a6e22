"""Canonical JSON: RFC 8785's own rules and examples for what Kavalan writes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.scan.manifest import canonical

TEXT = st.text(st.characters(exclude_categories=("Cs",)))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcXYZ_09", max_size=4), inner, max_size=4),
    max_leaves=12,
)


def test_text_is_written_as_rfc_8785_shows():
    # Section 3.2.2.2's string, less the code points above ASCII that it shows as themselves.
    assert canonical('\u20ac$\u000f\nA\'B"\\\\"/') == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()


def test_literals_and_order_are_written_as_rfc_8785_shows():
    value = {"numbers": [333333333, 4, 2**53 - 1], "literals": [None, True, False], "Upper": "", "_": {"b": 1, "a": 2}}
    wanted = '{"Upper":"","_":{"a":2,"b":1},"literals":[null,true,false],"numbers":[333333333,4,9007199254740991]}'
    assert canonical(value) == wanted.encode()


@given(PLAIN)
def test_what_is_written_says_what_was_given(value):
    assert json.loads(canonical(value)) == value


@given(PLAIN)
def test_writing_again_what_was_read_gives_the_same_bytes(value):
    text = canonical(value)
    assert canonical(json.loads(text)) == text


@pytest.mark.parametrize("value", [2**53, -(2**53), {"é": 1}, ["\ud800"]])
def test_what_readers_could_take_in_two_ways_is_refused(value):
    with pytest.raises(ValueError, match=r"beyond|ASCII|surrogate"):
        canonical(value)


def test_a_fraction_is_refused():
    with pytest.raises(TypeError, match="fraction"):
        canonical({"seconds": 1.5})
