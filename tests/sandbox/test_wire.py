"""Frames survive any way of cutting the stream, and nothing but frames gets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.sandbox.wire import HEADER, Frames, Kind, MalformedError, OversizedError, frame

ALLOWED = dict.fromkeys(Kind, 64)


def every(frames, allowed=ALLOWED):
    return list(iter(lambda: frames.next(allowed), None))


@given(
    st.lists(st.tuples(st.sampled_from(Kind), st.binary(max_size=64))),
    st.lists(st.integers(min_value=1, max_value=40)),
)
def test_frames_come_out_as_they_went_in_however_the_stream_is_cut(sent, cuts):
    stream = b"".join(frame(kind, payload) for kind, payload in sent)
    frames, got, at = Frames(), [], 0
    for cut in [*cuts, len(stream)]:
        frames.feed(stream[at : at + cut])
        at += cut
        got += every(frames)
    assert got == sent
    assert not frames


@given(st.binary(max_size=200))
def test_arbitrary_bytes_give_only_frames_that_are_allowed(stream):
    frames = Frames()
    frames.feed(stream)
    try:
        got = every(frames)
    except (MalformedError, OversizedError):
        return
    assert all(kind in ALLOWED and len(payload) <= 64 for kind, payload in got)


def test_a_kind_that_has_no_place_is_malformed():
    frames = Frames()
    frames.feed(frame(Kind.HELLO))
    with pytest.raises(MalformedError, match="kind 3"):
        frames.next({Kind.RECORD: 10})


def test_a_length_is_refused_before_its_payload_arrives():
    frames = Frames()
    frames.feed(HEADER.pack(0xFFFFFFFF, Kind.RECORD))
    with pytest.raises(OversizedError, match="4294967295 bytes where 10 are left"):
        frames.next({Kind.RECORD: 10})
