"""Telegram Desktop's JSON: every version and layout, broken writing mended, what an export does not say."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.chats import ChatError
from kavalan.chats.model import LONGEST_TEXT, TOO_LONG
from tests.chats.heard import Heard, hear
from tests.chats.telegram.made import account, chat, message, service, written


def told(*messages, layout="desktop", **more) -> Heard:
    return hear(written(chat(*messages, **more), layout), "telegram-json")


@pytest.mark.parametrize("layout", ["desktop", "wide", "one line"])
def test_every_message_is_read_at_its_place_in_any_layout(layout):
    heard = told(*(message(n, n % 3, f'say "{{n}} {n}') for n in range(50)), layout=layout)
    assert [(one.sender_name, one.text) for one in heard.messages] == [
        (f"P{n % 3}", f'say "{{n}} {n}') for n in range(50)
    ]
    for one in heard.messages:
        assert json.loads(heard.data[one.offset : one.offset + one.length])["id"] == int(one.native.rpartition("/")[2])
    assert heard.reading.understood == 50


@pytest.mark.parametrize("parted", [", ", ","])
def test_messages_in_a_row_are_parted_where_they_are_whatever_lies_in_them(parted):
    nested = [{"id": 7, "a": [{"id": 8}, {"id": 9}]}]
    messages = [message(n, text='}, {"id": 5', odd=nested) if n % 40 == 3 else message(n) for n in range(600)]
    text = json.dumps(chat(*messages), ensure_ascii=False, separators=(parted, ": " if parted == ", " else ":"))
    heard = hear(text, "telegram-json")
    assert [one.native for one in heard.messages] == [f"chat77/{n}" for n in range(600)]
    for one in heard.messages:
        assert json.loads(heard.data[one.offset : one.offset + one.length]) == messages[one.seq]


@pytest.mark.parametrize("date", ["2025-W14-4T19:05:09", "2025-04-03T19:05+01", "2025-04-03 19:05:09", "0001-01-01"])
def test_a_time_in_another_form_of_the_standard_is_written_like_the_others(date):
    odd = hear(written(chat({**message(1), "date": date, "date_unixtime": "x"})), "telegram-json", zone="Asia/Kolkata")
    assert odd.messages[0].time_local in {"2025-04-03T19:05:09", "2025-04-03T19:05:00", "0001-01-01T00:00:00"}


def test_a_time_that_states_its_offset_is_a_moment():
    one = told({**message(1), "date": "2025-04-03T19:05:09+05:30", "date_unixtime": None}).messages[0]
    assert (one.time_local, one.time_utc, one.time_certainty) == ("2025-04-03T19:05:09", 1743687309000, "exact")


def test_a_moment_that_no_calendar_has_is_left_out():
    one = told({**message(1), "date_unixtime": "9" * 30}).messages[0]
    assert (one.time_utc, one.time_certainty) == (None, "local")


def test_what_python_reads_of_an_account_is_what_is_read():
    export = account(
        chat(message(1), message(2), number=1),
        chat(message(1), number=1, kind="personal_chat"),
        left=[chat(message(9), number=3, kind="public_supergroup", name="Nets")],
    )
    heard = hear(written(export), "telegram-json")
    assert [one.native for one in heard.messages] == ["chat1/1", "chat1/2", "user1/1", "channel3/9"]
    assert {one.title: one.note for one in heard.conversations.values()}["Nets"] == "left by the exporter"


@pytest.mark.parametrize("layout", ["desktop", "wide", "one line"])
def test_chats_of_an_account_are_kept_apart_where_each_has_several_messages(layout):
    numbers = range(1, 4)
    export = account(*(chat(*map(message, numbers), number=number) for number in numbers))
    heard = hear(written(export, layout), "telegram-json")
    assert [one.native for one in heard.messages] == [f"chat{chat}/{number}" for chat in numbers for number in numbers]
    assert heard.reading.unreadable == []


def test_a_moment_and_local_time_are_both_as_stated():
    one = told(message(1)).messages[0]
    assert (one.time_local, one.time_utc, one.time_certainty) == ("2025-04-03T19:05:09", 1743687309000, "exact")


def test_an_old_export_without_moments_has_local_time_alone_and_bare_numbers():
    old = message(1)
    del old["date_unixtime"]
    old["from_id"] = 1
    heard = told(old, message(2))
    assert (heard.messages[0].time_utc, heard.messages[0].time_certainty) == (None, "local")
    assert heard.messages[0].sender_id == heard.messages[1].sender_id
    assert any("does not say its zone" in warning for warning in heard.reading.warnings)


@pytest.mark.parametrize("layout", ["desktop", "one line"])
def test_an_escape_that_json_does_not_have_is_mended_in_its_message_and_told(layout):
    text = written(chat(message(1, text="a@b"), message(2)), layout).replace("a@b", r"a\x0Bb\\x0B")
    heard = hear(text, "telegram-json")
    assert [one.text for one in heard.messages] == ["a\x0bb\\x0B", "the boats go out"]
    assert [one.flags for one in heard.messages] == ["repaired", ""]
    assert heard.reading.doubtful[0].places == [heard.messages[0].offset]


def test_a_bare_path_of_a_custom_emoji_is_mended():
    entities = [{"type": "custom_emoji", "text": "x", "document_id": "stickers/a.webp"}]
    text = written(chat(message(1, text=entities))).replace('"stickers/a.webp"', "stickers/a.webp")
    heard = hear(text, "telegram-json")
    assert (heard.messages[0].text, heard.messages[0].flags) == ("x", "repaired")


def test_a_message_that_cannot_be_mended_costs_itself():
    text = written(chat(message(1), message(2), message(3))).replace('"id": 2', '"id": two')
    heard = hear(text, "telegram-json")
    assert [one.native for one in heard.messages] == ["chat77/1", "chat77/3"]
    assert heard.reading.unreadable[0].count == 1


def test_a_file_that_was_cut_is_read_as_far_as_it_goes_and_says_so():
    text = written(chat(*(message(n) for n in range(20))))
    heard = hear(text[: len(text) * 3 // 4], "telegram-json")
    assert [one.native for one in heard.messages] == [f"chat77/{n}" for n in range(len(heard.messages))]
    assert len(heard.messages) in range(13, 16)
    assert "the file ends before its last brace: it is not whole" in heard.reading.warnings


def test_a_link_is_where_it_leads_and_not_what_it_reads():
    text = ["see ", {"type": "text_link", "text": "our page", "href": "https://t.me/+abcdefghijklmnopqr"}]
    heard = told(message(1, text=text))
    assert [(one.start, one.end, one.kind, one.value) for one in heard.named] == [
        (4, 12, "invite", "abcdefghijklmnopqr")
    ]


@pytest.mark.parametrize(
    ("more", "kind", "name", "note"),
    [
        ({"photo": "photos/photo_1.jpg"}, "media", "photos/photo_1.jpg", ""),
        ({"photo": "(File not included. Change data exporting settings to download.)"}, "media", "", "(File not"),
        ({"file": "(File exceeds maximum size.)", "file_name": "a.mp4"}, "media", "a.mp4", "(File exceeds"),
        ({"file": "../../etc/passwd"}, "media", "passwd", ""),
        ({"contact_information": {"first_name": "A", "phone_number": "+447700900123"}}, "contact", "", ""),
        ({"poll": {"question": "when?", "answers": [{"text": "now", "voters": 1}]}}, "poll", "", ""),
        ({"location_information": {"latitude": 1.0, "longitude": 2.0}}, "location", "", ""),
        ({"type": "unsupported"}, "withheld", "", ""),
    ],
)
def test_what_a_message_carries(more, kind, name, note):
    one = told(message(1, text="", **more)).messages[0]
    assert (one.kind, one.media_name) == (kind, name)
    assert one.media_note.startswith(note)


def test_forwards_and_answers_are_as_the_export_says():
    heard = told(
        message(1, forwarded_from="Q"),
        message(2, forwarded_from=None),
        message(3, reply_to_message_id=1, edited="2025-04-03T20:00:00"),
    )
    assert [one.forwarded_from for one in heard.messages] == ["Q", "(not named)", ""]
    assert (heard.messages[2].reply_to, heard.messages[2].edited) == ("chat77/1", True)


def test_service_messages_are_events_and_names_find_their_numbers():
    heard = told(
        service(1, "create_group", title="Boats", members=["P1", "P2", None]),
        service(2, "invite_members", members=["P3"]),
        service(3, "remove_members", actor=3, members=["P3"]),
        service(4, "remove_members", members=["P2"]),
        service(5, "join_group_by_link", actor=4, inviter="P1"),
        service(6, "something_new"),
        message(7, 2),
        message(8, 3),
    )
    assert [one.act for one in heard.events] == ["created", "added", "added", "left", "removed", "joined", "other"]
    by_name = {one.sender_name: one.sender_id for one in heard.messages}
    assert heard.events[1].target_ids[:2] == (by_name["P1"], by_name["P2"])
    assert heard.reading.understood == 7


def test_a_name_that_two_have_is_not_guessed():
    other = message(3)
    other["from_id"] = "user99"
    heard = told(service(1, "invite_members", actor=2, members=["P1"]), message(2), other)
    invited = heard.accounts[heard.events[0].target_ids[0]]
    assert (invited.kind, invited.name) == ("name", "P1")


def test_a_group_with_one_author_may_be_the_exporters_messages_alone():
    assert any("one author" in warning for warning in told(message(1), message(2)).reading.warnings)
    assert not any("one author" in warning for warning in told(message(1), message(2, 2)).reading.warnings)


def test_what_holds_no_messages_is_refused():
    with pytest.raises(ChatError, match="no messages"):
        hear('{"a": [1, 2, {"b": "messages"}]}', "telegram-json")


def test_what_is_nested_without_end_is_refused():
    with pytest.raises(ChatError, match="nested"):
        hear("[" * 100_000, "telegram-json")


def test_messages_across_the_pieces_that_are_read_stay_whole():
    texts = ["ആ" * 400_000, "b" * 1_500_000, "end"]
    heard = told(*(message(n, text=text) for n, text in enumerate(texts)))
    assert [one.text for one in heard.messages] == texts


def test_a_moment_without_local_time_is_enough():
    one = message(1)
    del one["date"]
    heard = hear(written(chat(one)), "telegram-json", zone="Asia/Kolkata")
    told = heard.messages[0]
    assert (told.time_local, told.time_utc, told.time_certainty) == ("2025-04-03T19:05:09", 1743687309000, "exact")


def test_messages_that_break_the_layout_are_read_as_quickly_one_by_one():
    text = written(chat(*(message(n) for n in range(300)))).replace("\n  }", " }")
    assert [one.native for one in hear(text, "telegram-json").messages] == [f"chat77/{n}" for n in range(300)]


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from([*message(1), "photo", "poll", "action", "members"]), _ANY), st.booleans())
def test_any_value_in_any_field_is_read(fields, desktop):
    text = written(chat({**message(1), **fields}, message(2)), "desktop" if desktop else "one line")
    heard = hear(text.encode("utf-8", "surrogatepass"), "telegram-json")
    assert len(heard.messages) + sum(one.count for one in heard.reading.unreadable) == 2


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 400))
def test_damage_is_read_around_or_refused(data, place):
    text = written(chat(*(message(n) for n in range(3)))).encode()
    try:
        heard = hear(text[:place] + data + text[place + len(data) :], "telegram-json")
    except ChatError:
        return
    assert len(heard.messages) <= 4


def test_a_text_that_no_messenger_sends_is_cut_and_told():
    heard = told(message(1, text="b" * (LONGEST_TEXT + 1)))
    assert (len(heard.messages[0].text), heard.messages[0].flags) == (LONGEST_TEXT, "cut")
    assert [(one.reason, one.count) for one in heard.reading.doubtful] == [(TOO_LONG, 1)]
