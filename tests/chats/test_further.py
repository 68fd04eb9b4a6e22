"""A message with several files."""

from kavalan.chats.further import Carried, further, in_parts
from kavalan.chats.model import Event, Message


def test_each_file_but_the_first_is_a_row_behind_its_message():
    message = Message(5, 100, 40, "c/9", "c", "a", "Asha", "text", "look", media_name="a.jpg", media_sha256="00")
    rows = list(further(message, [Carried("a.jpg"), Carried("b.jpg", "gone"), Carried("c.jpg", "", "11")]))
    assert [(one.seq, one.offset, one.length, one.native, one.kind, one.text) for one in rows] == [
        (6, 140, 0, "c/9/2", "media", ""),
        (7, 140, 0, "c/9/3", "media", ""),
    ]
    assert [(one.media_name, one.media_note, one.media_sha256) for one in rows] == [
        ("b.jpg", "gone", ""),
        ("c.jpg", "", "11"),
    ]


def test_where_messages_have_no_numbers_their_place_is_one():
    message = Message(5, 100, 40, "", "c", "a", "Asha", "text", "look")
    assert [one.native for one in further(message, [Carried("a"), Carried("b")])] == ["100/2"]
    assert list(further(message, [Carried("")])) == []


def test_everybody_whom_a_line_names_is_in_one_of_its_events():
    targets = [(f"P{number}", f"key{number}") for number in range(120)]
    told = list(in_parts(Event(7, "added", "Asha", "a"), targets))
    assert [len(one.targets) for one in told] == [50, 50, 20]
    assert [pair for one in told for pair in zip(one.targets, one.target_ids, strict=True)] == targets
    assert {(one.seq, one.act, one.actor, one.actor_id) for one in told} == {(7, "added", "Asha", "a")}


def test_an_event_that_names_nobody_is_told_once():
    assert list(in_parts(Event(7, "renamed", "Asha", "a"), [])) == [Event(7, "renamed", "Asha", "a")]
