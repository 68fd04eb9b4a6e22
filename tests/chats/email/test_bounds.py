"""Where messages of a mailbox begin and end."""

import io
import mailbox

from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.chats.email import bounds as module
from kavalan.chats.email.bounds import bounds
from tests.chats.email.made import boxed, mail


def test_a_mailbox_falls_into_the_messages_that_the_library_put_in(tmp_path):
    texts = ["one", "From here on: a body\nline", "x\n\nFrom asha Thu Apr  3 19:05:09 2025\nto: you", ""]
    data = boxed(tmp_path / "box", *(mail(n, text=text) for n, text in enumerate(texts)))
    found = list(bounds(io.BytesIO(data)))
    assert [(one.offset, one.end) for one in found] == _places_by_the_library(tmp_path / "box", len(data))
    assert all(data[one.start :].startswith(b"From: Asha") for one in found)


def _places_by_the_library(path, size):
    box = mailbox.mbox(path)
    box._generate_toc()
    starts = [start for start, _ in box._toc.values()]
    return list(zip(starts, [*starts[1:], size], strict=True))


def test_a_line_without_a_time_or_without_a_header_behind_it_separates_nothing():
    data = b"From a Thu Apr  3 19:05:09 2025\nTo: b\n\nFrom now on\nNote: x\n\nFrom 9:30 on\nwe wait\n"
    assert len(list(bounds(io.BytesIO(data)))) == 1


def test_what_stands_before_the_first_message_is_a_piece_of_its_own():
    data = b"junk\n\nFrom a Thu Apr  3 19:05:09 2025\nTo: b\n\nhi\n"
    assert [(one.offset, one.end) for one in bounds(io.BytesIO(data))] == [(0, 6), (6, len(data))]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.binary(max_size=40), max_size=6), st.integers(120, 200))
def test_every_byte_is_in_one_piece_however_large_the_blocks_are(bodies, block):
    line = b"From a Thu Apr  3 19:05:09 2025\nTo: b\n\n"
    data = b"".join(line + body + b"\n\n" for body in bodies)
    whole = [(one.offset, one.end) for one in bounds(io.BytesIO(data))]
    assert [offset for offset, _ in whole] == [0, *[end for _, end in whole[:-1]]]
    assert whole[-1][1] == len(data)
    before = module._BLOCK, module._OVERLAP
    module._BLOCK, module._OVERLAP = block, 100
    try:
        assert [(one.offset, one.end) for one in bounds(io.BytesIO(data))] == whole
    finally:
        module._BLOCK, module._OVERLAP = before
