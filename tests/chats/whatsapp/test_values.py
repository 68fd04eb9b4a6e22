"""Values of databases that anybody may have written."""

import base64
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.chats.whatsapp.values import milliseconds, sha256_of, since_1970, whole, word

ANY = st.none() | st.integers() | st.floats() | st.text(max_size=50) | st.binary(max_size=50)


@pytest.mark.parametrize("value", [1_743_687_309_000, 1_743_687_309, 1_743_687_309.0])
def test_moments_are_told_in_either_unit(value):
    assert milliseconds(value) == 1_743_687_309_000


def test_seconds_since_2001_are_moments():
    assert since_1970(0) == 978_307_200_000
    assert since_1970(765_380_109.5) == 1_743_687_309_500


def test_a_digest_is_thirty_two_bytes_of_base64():
    digest = hashlib.sha256(b"boat")
    assert sha256_of(base64.b64encode(digest.digest()).decode()) == digest.hexdigest()
    for wrong in ("", "boat", base64.b64encode(b"short").decode(), b"\xff", 7, None):
        assert sha256_of(wrong) == ""


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_any_value_is_taken_as_what_it_should_be_or_as_nothing(value):
    assert isinstance(whole(value), int)
    assert isinstance(milliseconds(value), int)
    assert isinstance(since_1970(value), int | None)
    assert isinstance(word(value, 20).encode(), bytes)
    assert "\0" not in word(value, 20)
