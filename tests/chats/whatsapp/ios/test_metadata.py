"""What a message of an iPhone says of itself: read as far as it can be."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.chats.whatsapp.ios.metadata import Metadata, metadata_of
from tests.chats.whatsapp.ios.made import field


def test_fields_are_read_whatever_stands_between_them():
    other = field(2, "x") + b"\x29" + bytes(8) + b"\x35" + bytes(4) + field(300, 1 << 40)
    data = other + field(5, "K1") + field(6, "a@lid") + field(17, 127) + field(19, other + field(1, "വള്ളം"))
    assert metadata_of(data) == Metadata("K1", "a@lid", "വള്ളം", 127)


def test_a_number_too_great_for_a_count_is_none():
    assert metadata_of(field(17, 1 << 40)).forwards == 0


def test_what_is_no_protocol_buffer_says_nothing():
    assert metadata_of("text") == metadata_of(None) == metadata_of(b"\xff" * 50) == Metadata()


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_as_far_as_they_can_be(data):
    assert isinstance(metadata_of(data), Metadata)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(20, 1000), st.integers(0, 1 << 60) | st.binary(max_size=9)), max_size=20))
def test_what_stands_before_is_passed_over(fields):
    assert metadata_of(b"".join(field(*one) for one in fields) + field(17, 3)).forwards == 3
