"""Downloads of Facebook and Instagram: letters put right, the oldest first, several files as one."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.chats import Batch, ChatError, Piece, Request
from kavalan.chats.task import read
from kavalan.sandbox.wire import STREAM_RECORD_BYTES
from tests.chats.heard import hear, largest
from tests.chats.meta.made import PATH, START, broken, message, thread, written


def told(*messages, indent=2, **more):
    return hear(written(thread(*messages, **more), indent), "meta-json")


@pytest.mark.parametrize("indent", [2, None])
def test_every_message_is_read_at_its_place_the_oldest_first(indent):
    heard = told(*(message(n, "വള്ളം", f'say "{{n}} {n} നാളെ') for n in range(50)), indent=indent)
    assert [(one.sender_name, one.text) for one in heard.messages] == [
        ("വള്ളം", f'say "{{n}} {n} നാളെ') for n in range(50)
    ]
    for number, one in enumerate(heard.messages):
        said = json.loads(heard.data[one.offset : one.offset + one.length])
        assert said["timestamp_ms"] == one.time_utc == START + 60_000 * number
    assert heard.reading.understood == 50


def test_several_files_are_one_conversation():
    files = [written(thread(message(2), message(3))), written(thread(message(0), message(1)))]
    pieces = (
        Piece("inbox/boats_1/message_1.json", 0, len(files[0])),
        Piece("inbox/boats_1/message_2.json", len(files[0]), len(files[1])),
    )
    source = "".join(files).encode()
    said = list(read(io.BytesIO(source), Request("meta-json", "0" * 64, pieces=pieces)))
    messages = [message for one in said if isinstance(one, Batch) for message in one.messages]
    assert [one.time_utc for one in messages] == [START + 60_000 * n for n in range(4)]
    for one in messages:
        assert json.loads(source[one.offset : one.offset + one.length])["timestamp_ms"] == one.time_utc


def test_a_download_of_old_states_seconds():
    old = {"sender_name": "Asha", "timestamp": START // 1000, "content": "a"}
    assert told(old).messages[0].time_utc == START // 1000 * 1000


def test_a_group_has_its_number_and_its_participants():
    heard = told(message(1))
    (one,) = heard.conversations.values()
    assert (one.native, one.title, one.kind) == ("1234567890", "Boats", "group")
    assert sorted(heard.accounts[row.account_id].name for row in heard.rosters) == ["Asha", "Ravi", "വള്ളം"]


def test_a_talk_between_two_has_no_number_that_another_talk_could_have():
    (one,) = told(message(1), names=("Asha", "Ravi")).conversations.values()
    assert (one.native, one.kind) == ("", "direct")


@pytest.mark.parametrize("name", ["facebook", "instagram"])
def test_whose_download_it_is_the_folder_of_its_files_says(name):
    photo = {"uri": f"your_{name}_activity/messages/inbox/boats_1234567890/photos/1.jpg"}
    (one,) = told(message(1, photos=[photo])).conversations.values()
    assert one.platform == name
    assert "whether it is of Facebook or of Instagram, nothing in it says" in told(message(1)).reading.warnings


def test_each_file_of_a_message_is_a_row_named_from_the_conversations_folder():
    heard = told(
        message(1, text=None, photos=[{"uri": f"{PATH}/photos/1.jpg"}, {"uri": f"{PATH}/photos/2.jpg"}]),
        message(2, text=None, sticker={"uri": "your_facebook_activity/messages/stickers_used/a.png"}),
        message(3, text=None, gifs=[{"uri": "https://example.org/a.gif"}]),
        message(4, text=None, files=[{"uri": "../../etc/passwd"}]),
    )
    assert [(one.kind, one.media_name, one.media_note) for one in heard.messages] == [
        ("media", "photos/1.jpg", ""),
        ("media", "photos/2.jpg", ""),
        ("media", "your_facebook_activity/messages/stickers_used/a.png", ""),
        ("media", "https://example.org/a.gif", "not downloaded"),
        ("media", "passwd", ""),
    ]
    assert heard.messages[1].native == f"{heard.messages[0].offset}/2"


def test_who_came_and_went_is_sure_only_where_a_type_says_it():
    heard = told(
        message(1, text="Asha added Ravi to the group.", type="Subscribe", users=[{"name": "Ravi"}]),
        message(2, "Ravi", text="Ravi left the group.", type="Unsubscribe", users=[{"name": "Ravi"}]),
        message(3, text="Asha added Ravi and വള്ളം to the group."),
        message(4, text="Asha named the group Nets."),
        message(5, text="Ravi left the group."),
    )
    assert [(one.act, one.targets, one.value) for one in heard.events] == [
        ("added", ("Ravi",), ""),
        ("left", ("Ravi",), ""),
        ("added", ("Ravi", "വള്ളം"), ""),
        ("renamed", (), "Nets"),
    ]
    assert [one.flags for one in heard.messages] == ["", "", "unmarked_system", "unmarked_system", ""]
    assert heard.messages[4].kind == "text"


def test_who_removes_somebody_is_not_taken_for_an_administrator():
    gone = message(1, text="Asha removed Ravi from the group.", type="Unsubscribe", users=[{"name": "Ravi"}])
    (event,) = told(gone).events
    assert (event.act, event.actor, event.actor_id, event.targets) == ("removed", "Asha", "", ("Ravi",))


@pytest.mark.parametrize(
    ("more", "kind", "text"),
    [
        ({"is_unsent": True, "text": None}, "deleted", ""),
        ({"call_duration": 61, "text": "Asha called you."}, "call", "Asha called you."),
        ({"text": None, "share": {"link": "https://example.org/a"}}, "text", "https://example.org/a"),
        ({"text": "see", "share": {"link": "https://example.org/a"}}, "text", "see\nhttps://example.org/a"),
        ({"text": None}, "withheld", ""),
    ],
)
def test_what_a_message_is(more, kind, text):
    one = told(message(1, **more)).messages[0]
    assert (one.kind, one.text) == (kind, text)


def test_the_download_of_encrypted_chats_is_read_by_its_own_names():
    said = {"isUnsent": False, "media": [], "reactions": [], "senderName": "വള്ളം", "type": "text"}
    media = {**said, "text": "", "media": [{"uri": "./media/a.jpg"}], "timestamp": START + 2}
    gone = {**said, "isUnsent": True, "text": "User unsent a message", "timestamp": START + 3}
    messages = [{**said, "text": "നാളെ", "timestamp": START + 1}, media, gone]
    export = {"participants": ["Asha", "വള്ളം"], "threadName": "വള്ളം_15", "messages": messages}
    heard = hear(json.dumps(export, ensure_ascii=False), "meta-json")
    assert [(one.kind, one.text, one.media_name) for one in heard.messages] == [
        ("text", "നാളെ", ""),
        ("media", "", "media/a.jpg"),
        ("deleted", "User unsent a message", ""),
    ]
    assert [(one.title, one.kind) for one in heard.conversations.values()] == [("വള്ളം_15", "direct")]


def test_a_file_that_was_cut_is_read_as_far_as_it_goes_and_says_so():
    text = written(thread(*(message(n) for n in range(20))))
    heard = hear(text[: len(text) // 2], "meta-json")
    assert heard.messages[-1].time_utc == START + 19 * 60_000
    assert 8 <= len(heard.messages) <= 11
    assert "a file ends before its last brace: it is not whole" in heard.reading.warnings
    assert [one.reason for one in heard.reading.unreadable] == ["the file ends within a message"]


def test_more_messages_than_can_be_held_are_refused(monkeypatch):
    monkeypatch.setattr("kavalan.chats.meta.places._MOST", 3)
    assert len(told(*map(message, range(3))).messages) == 3
    with pytest.raises(ChatError, match="more than 3 messages"):
        told(*map(message, range(4)))


def test_names_and_lists_without_end_fit_their_frames():
    long = "🚣" * 5_000
    crew = [{"name": broken(f"{number}{long[:300]}")} for number in range(120)]
    heard_of = thread(
        message(1, long, photos=[{"uri": broken(long)}] * 40),
        message(2, long, type="Subscribe", users=crew),
        title=long,
        thread_path=f"inbox/{long}",
        names=[long] * 20,
    )
    assert largest(written(heard_of), "meta-json") < STREAM_RECORD_BYTES
    assert sum(len(one.targets) for one in hear(written(heard_of), "meta-json").events) == 120


def test_what_is_no_conversation_is_refused():
    with pytest.raises(ChatError, match="no messages of Facebook"):
        hear('{"participants": []}', "meta-json")


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["sender_name", "timestamp_ms", "content", "photos", "sticker", "share"]), _ANY),
    st.dictionaries(st.sampled_from(["participants", "title", "thread_path"]), _ANY),
)
def test_any_value_in_any_field_is_read(fields, around):
    export = {**thread({**message(1), **fields}, message(2)), **around}
    assert broken("the boats go out") in {one.text for one in hear(written(export), "meta-json").messages}
