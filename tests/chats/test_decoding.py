"""Records one at a time: mended, or costing themselves."""

import io
import json

import pytest

from kavalan.chats import Reading
from kavalan.chats.decoding import Decoding, Piece, pieces
from kavalan.chats.discord.record import Record
from kavalan.chats.reading import Tally
from kavalan.chats.telegram.walk import Walk


@pytest.mark.parametrize("indent", [1, None])
def test_pieces_lie_where_they_say(indent):
    export = {"a": [1], "messages": [{"id": n, "text": "{[" * n} for n in range(40)]}
    data = json.dumps(export, indent=indent).encode()
    found = list(pieces(Walk(io.BytesIO(data))))
    assert [json.loads(one.data)["id"] for one in found] == list(range(40))
    assert all(data[one.offset : one.offset + len(one.data)] == one.data and one.ended for one in found)


def test_the_last_piece_of_a_file_that_was_cut_has_not_ended():
    cut = json.dumps({"messages": [{"id": 1}, {"id": 2}]}).encode()[:-4]
    assert [one.ended for one in pieces(Walk(io.BytesIO(cut)))] == [True, False]


@pytest.mark.parametrize(
    ("data", "ended", "content", "reason"),
    [
        (b'{"content": "a"}', True, "a", ""),
        (rb'{"content": "\x0B"}', True, "\x0b", "its JSON was broken and was mended"),
        (b'{"content": a}', True, None, "a message whose JSON cannot be read, nor mended"),
        (b'{"content": "a', False, None, "the file ends within a message"),
        (
            b'{"content": ' + b"[" * 5000 + b"]" * 5000 + b"}",
            True,
            None,
            "a message whose JSON cannot be read, nor mended",
        ),
    ],
)
def test_a_record_is_read_or_told(data, ended, content, reason):
    tally = Tally()
    decoding = Decoding(Record, tally)
    record, was_mended = decoding.record(Piece(7, data, ended))
    told = tally.into(Reading())
    assert (record.content if record else None) == content
    assert [(one.reason, one.places) for one in told.doubtful + told.unreadable] == ([(reason, [7])] if reason else [])
    assert was_mended == bool(told.doubtful)
    assert decoding.unread == (0 if record else len(data))
