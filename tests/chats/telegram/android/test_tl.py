"""Telegram's binary values. Expectations: core.telegram.org/mtproto/serialize, and TL strings written by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.chats.telegram.android.tl import Reader, UnknownError
from tests.chats.telegram.android.made import i, peer, people, q, s


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=20) | st.integers(250, 260).map(lambda size: "ആ" * size))
def test_a_text_is_as_it_was_written_and_ends_where_four_bytes_are_full(text):
    reader = Reader(s(text) + i(7))
    assert reader.text() == text
    assert reader.at % 4 == 0
    assert reader.whole() == 7


@pytest.mark.parametrize("data", [b"", b"\x03ab", b"\xff\0\0\0", b"\x01\xff\0\0", b"\x01a\0b", b"\xfe\xff\xff\xff"])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(UnknownError):
        Reader(data).text()


def test_numbers_and_peers():
    reader = Reader(i(-5) + q(-(1 << 40)) + peer("channel", 77) + i(0x9DB1BC6D, 9) + people(1, 2))
    assert (reader.whole(), reader.long(), reader.peer(), reader.peer()) == (-5, -(1 << 40), "channel77", "user9")
    assert [reader.long() for _ in range(reader.count())] == [1, 2]


def test_a_list_that_is_longer_than_its_bytes_is_refused():
    with pytest.raises(UnknownError):
        Reader(i(0x1CB5C415, 1_000_000)).count()
