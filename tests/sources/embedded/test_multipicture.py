"""What a JPEG says of what is behind it, held to Pillow where Pillow writes it."""

from __future__ import annotations

import io
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.sources.embedded.pictures import directory, jpeg, with_segment, xmp

from kavalan.sources.embedded.multipicture import Part, segments, stated_parts


def parts(content: bytes) -> list[Part]:
    held = os.memfd_create("x")
    try:
        os.write(held, content)
        return list(stated_parts(held, len(content)))
    finally:
        os.close(held)


def test_further_pictures_are_where_pillow_puts_them():
    held = io.BytesIO()
    pictures = [Image.linear_gradient("L").resize((size, 40)) for size in (90, 60, 30)]
    pictures[0].save(held, "MPO", save_all=True, append_images=pictures[1:])
    content = held.getvalue()
    found = parts(content)
    assert [part.name for part in found] == [b"mpf 2", b"mpf 3"]
    assert [Image.open(io.BytesIO(content[part.start : part.end])).size for part in found] == [(60, 40), (30, 40)]
    assert found[0].end == found[1].start


def test_the_older_video_is_told_by_its_offset_from_the_end():
    content = with_segment(jpeg(), 0xE1, xmp('GCamera:MicroVideo="1" GCamera:MicroVideoOffset="700"/>')) + bytes(700)
    assert parts(content) == [Part(len(content) - 700, len(content), b"motion photo")]


def test_an_offset_in_an_element_is_one_too():
    text = "><GCamera:MicroVideoOffset> 700 </GCamera:MicroVideoOffset></rdf:Description>"
    content = with_segment(jpeg(), 0xE1, xmp(text)) + bytes(700)
    assert parts(content) == [Part(len(content) - 700, len(content), b"motion photo")]


def test_items_stand_before_the_end_in_the_order_of_their_list():
    behind = bytes(10) + b"G" * 300 + bytes(8) + b"V" * 700
    content = with_segment(jpeg(), 0xE1, xmp(directory(("GainMap", 300, 10), ("MotionPhoto", 700, 8)))) + behind
    end = len(content)
    found = {part.name: content[part.start : part.end] for part in parts(content)}
    assert found == {b"motion photo": b"V" * 700, b"xmp 2": b"G" * 300}
    assert {part.end for part in parts(content)} == {end, end - 708}


@pytest.mark.parametrize("content", [b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\0\0", b"\xff\xd8\xff\xe2\xff\xffMPF\0II*\0"])
def test_a_jpeg_that_breaks_off_states_nothing(content):
    assert parts(content) == []


@settings(deadline=None)
@given(
    st.binary(max_size=300), st.sampled_from([b"MPF\0II*\0\x08\0\0\0", b"MPF\0MM\0*\0\0\0\x08", xmp(directory())[:400]])
)
def test_whatever_a_segment_holds_nothing_raises(content, start):
    for marker in (0xE1, 0xE2):
        for part in parts(with_segment(jpeg(), marker, start + content)):
            assert isinstance(part.start, int)


def test_segments_end_where_the_picture_begins():
    held = os.memfd_create("x")
    os.write(held, with_segment(with_segment(jpeg(), 0xE2, b"two"), 0xE1, b"one"))
    assert [(one.marker, one.content) for one in segments(held)] == [(0xE1, b"one"), (0xE2, b"two")]
    os.close(held)
