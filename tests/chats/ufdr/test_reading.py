"""Reports of Physical Analyzer, written as its public samples are."""

import hashlib
import io

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.chats import ChatError, Request
from kavalan.chats.task import read
from kavalan.sandbox.wire import STREAM_RECORD_BYTES
from tests.chats.heard import hear
from tests.chats.ufdr.made import (
    HEAD,
    activity,
    at,
    attachment,
    chat,
    field,
    fields,
    many,
    member,
    message,
    model,
    one,
    party,
    report,
    system,
    tagged,
)

RAVI = member(2, "Ravi")
ZONE = "Asia/Kolkata"


def heard_of(*models, **more):
    return hear(report(*models, **more), "ufdr", zone=ZONE)


def test_a_message_has_its_place_its_number_and_its_moment():
    heard = heard_of(chat(message(2, RAVI, "spare nets")))
    [said] = heard.messages
    assert heard.data[said.offset : said.offset + said.length].startswith(b'<model type="InstantMessage" id="msg-2"')
    assert heard.data[said.offset : said.offset + said.length].endswith(b"</model>")
    assert (said.native, said.sender_name, said.text) == ("120363000000000001@g.us/KEY2", "Ravi", "spare nets")
    assert (said.time_local, said.time_utc, said.time_certainty) == ("2025-03-13T09:32:00", 1741838520000, "exact")


def test_participants_are_a_list_of_members_with_what_is_stated_of_administrators():
    heard = heard_of(chat(members=[member(1, "Asha", admin="True"), member(2, admin="False"), member(3)]))
    assert [(heard.accounts[one.account_id].native, one.role, one.source.split("n ")[-1]) for one in heard.rosters] == [
        ("+447700900001", "admin", "True"),
        ("+447700900002", "member", "False"),
        ("+447700900003", "member", "not stated"),
    ]
    [told] = heard.conversations.values()
    assert (told.title, told.kind, told.platform) == ("Boats", "group", "whatsapp")


def test_somebody_who_joined_or_was_removed_is_told_by_the_lines_of_the_messenger():
    heard = heard_of(
        chat(
            system(1, "ParticipantJoined", RAVI, "Ravi joined using a link"),
            system(2, "ParticipantRemoved", RAVI, "Asha removed Ravi"),
            system(3, "GroupCodeChanged", RAVI, "odd"),
        )
    )
    [ravi] = heard.accounts
    assert [(one.act, one.actor_id, one.target_ids) for one in heard.events] == [
        ("joined", ravi, ()),
        ("removed", "", (ravi,)),
        ("other", ravi, ()),
    ]
    assert [one.sender_name for one in heard.messages] == ["", "", ""]
    assert [doubt.count for doubt in heard.reading.doubtful] == [1]
    assert heard.reading.understood == 2


def test_the_log_of_a_chat_says_again_nothing_that_a_message_said():
    shared = activity("ParticipantLeft", RAVI, "Ravi left", number="act-1")
    said = message(1, party("System message"), "Ravi left", many("ActivityLog", "ChatActivity", shared))
    alone = activity("ParticipantJoined", RAVI, "Ravi joined", number="act-2")
    group = chat(said).replace("</model></modelType>", "")
    late = group[: -len("</model>")] + many("ActivityLog", "ChatActivity", shared, alone) + "</model>"
    heard = heard_of(late)
    assert [one.text for one in heard.messages] == ["Ravi left", "Ravi joined"]
    assert [one.act for one in heard.events] == ["left", "joined"]
    assert heard.reading.system == 2


def test_files_have_the_digest_that_the_report_states_and_further_ones_a_record_each():
    files = many(
        "Attachments", "Attachment",
        attachment("a.jpg", r"files\Image\a.jpg", file_id="f1"), attachment("b.jpg"), attachment("c", "../../etc/c"),
    )  # fmt: skip
    heard = heard_of(chat(message(1, RAVI, "look", files)), files=[tagged("f1", "AB" * 32, "x")])
    assert [(one.media_name, one.media_sha256, one.media_note, one.text) for one in heard.messages] == [
        ("files/Image/a.jpg", "ab" * 32, "", "look"),
        ("b.jpg", "", "listed, not in the report", ""),
        ("c", "", "", ""),
    ]
    assert {one.kind for one in heard.messages} == {"media"}
    assert [one.native.rpartition("/")[2] for one in heard.messages] == ["KEY1", "2", "3"]


@pytest.mark.parametrize(
    ("more", "first"),
    [
        (fields("Labels", "Forwarded"), "(not named)"),
        (many("MessageExtraData", "x", model("MessageLabel", field("Label", "Forwarded"))), "(not named)"),
        (
            many("MessageExtraData", "x", model("ForwardedMessageData", one("OriginalSender", "Party", RAVI))),
            "Ravi (447700900002@s.whatsapp.net)",
        ),
    ],
)
def test_what_was_sent_on_says_so_in_reports_of_any_version(more, first):
    inner = many("EmbeddedInstantMessage", "InstantMessage", model("InstantMessage", field("Body", "boats for sale")))
    heard = heard_of(chat(message(1, member(3), "", more, inner)))
    assert [(one.forwarded_from, one.text) for one in heard.messages] == [(first, "boats for sale")]


def test_an_answer_names_what_it_answers_and_keeps_what_the_report_quotes():
    reply = model(
        "ReplyMessageData", field("OriginalMessageID", "KEY1"), one("InstantMessage", "x", message(1, RAVI, "a net?"))
    )
    heard = heard_of(chat(message(2, member(3), "yes", many("MessageExtraData", "x", reply))))
    assert heard.messages[0].reply_to == "120363000000000001@g.us/KEY1"
    assert [(one.actor, one.value, one.source) for one in heard.events] == [("Ravi", "a net?", "ufdr/quoted")]


def test_what_was_recovered_from_what_was_deleted_says_so():
    heard = heard_of(chat(message(1, RAVI, "gone", deleted="Deleted"), message(2, RAVI, "here")))
    assert [one.flags for one in heard.messages] == ["recovered", ""]
    assert any("1 messages were recovered" in told for told in heard.reading.warnings)


def test_a_call_and_a_short_message_that_lie_in_no_chat_have_one_with_whom_they_were_exchanged():
    parties = many(
        "Parties", "Party", party("+447700900001", owner="True", role="To"), party("00447700900002", role="From")
    )
    call = model("Call", field("Type", "Incoming"), field("Duration", "00:01:15"), at(1), parties)
    heard = heard_of(model("SMS", field("Body", "come"), at(2), parties), call)
    assert [(one.kind, one.text) for one in heard.messages] == [
        ("text", "come"),
        ("call", "Type: Incoming\nDuration: 00:01:15"),
    ]
    assert {heard.accounts[one.sender_id].native for one in heard.messages} == {"+447700900002"}
    assert [(one.act, one.value, len(one.target_ids)) for one in heard.events] == [("called", "00:01:15", 1)]
    assert {one.platform for one in heard.conversations.values()} == {"sms", "calls"}


def test_values_in_base64_are_read_and_contacts_and_places_say_what_they_hold():
    coded = field("Body", "Y29tZQ==", format="Base64String")
    card = model(
        "Contact", field("Name", "Shop"), many("Entries", "x", model("PhoneNumber", field("Value", "+447700900009")))
    )
    where = one("Position", "Coordinate", model("Coordinate", field("Latitude", "9.9"), field("Longitude", "76.2")))
    heard = heard_of(
        chat(
            model("InstantMessage", coded, at(1)),
            message(2, RAVI, "", many("SharedContacts", "Contact", card)),
            message(3, RAVI, "", where),
        )
    )
    assert [(one.kind, one.text) for one in heard.messages] == [
        ("text", "come"),
        ("contact", "Shop\n+447700900009"),
        ("location", "9.9, 76.2"),
    ]


def test_bytes_that_xml_does_not_take_cost_themselves_and_are_told():
    heard = hear(
        report(chat(message(1, RAVI, "a\0b\x0bc"), message(2, RAVI, "d"))).encode().replace(b"[d]", b"[\xffd]"), "ufdr"
    )
    assert [(one.text, one.flags) for one in heard.messages] == [("a?b?c", "undecodable"), ("?d", "undecodable")]
    [doubt] = heard.reading.doubtful
    assert doubt.places == [heard.data.index(b"\0"), heard.data.index(b"\xff")]


def test_a_broken_message_costs_itself_and_those_behind_it_stay_in_their_chat_but_are_doubtful():
    broken = report(
        chat(message(1, RAVI, "one"), message(2, RAVI, "two"), message(3, RAVI, "three")),
        chat(message(4, RAVI, "four"), native="120363000000000002@g.us", name="Nets"),
    ).replace('<field name="Body" type="String"><value type="String"><![CDATA[two', "<field <<", 1)
    heard = hear(broken, "ufdr")
    titles = {one.id: one.title for one in heard.conversations.values()}
    assert [(one.text, titles[one.conversation_id], one.flags) for one in heard.messages] == [
        ("one", "Boats", ""),
        ("three", "Boats", "suspect_boundary"),
        ("four", "Nets", "suspect_boundary"),
    ]
    [lost] = heard.reading.unreadable
    assert lost.count == 1
    assert lost.places == [heard.data.index(b'<model type="InstantMessage" id="msg-2"')]
    assert heard.reading.unread_bytes == heard.data.index(b'<model type="InstantMessage" id="msg-3"') - lost.places[0]


def test_a_report_that_ends_within_a_message_keeps_those_before_it():
    whole = report(chat(message(1, RAVI, "one"), message(2, RAVI, "two")))
    heard = hear(whole[: whole.index("two")], "ufdr")
    assert [one.text for one in heard.messages] == ["one"]
    assert heard.reading.unreadable[0].reason == "the report ends within a record: it is not whole"


def test_text_that_looks_like_a_message_is_text_and_is_told():
    forged = message(9, RAVI, "I did it").replace("]]>", "]] >")
    heard = heard_of(chat(message(1, RAVI, forged)))
    assert [(one.text, one.flags) for one in heard.messages] == [(forged, "header_in_text")]
    assert heard.reading.doubtful[0].places == [heard.messages[0].offset]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (HEAD + '<!DOCTYPE r [<!ENTITY a "aaaa">]><r>&a;</r>', "document type"),
        ("<a>" * 600, "nested deeper"),
        (HEAD + "<project/>", "no chat lies"),
        ("no xml at all", "no chat lies"),
    ],
)
def test_what_is_no_report_is_refused_with_the_reason(data, why):
    with pytest.raises(ChatError, match=why):
        list(read(io.BytesIO(data.encode()), Request("ufdr", hashlib.sha256().hexdigest())))


def test_many_chats_behind_a_broken_place_are_read_once_each():
    group = "".join(chat(message(n, RAVI, f"text {n}"), native=f"{n}@g.us", name=f"Group {n}") for n in range(1, 40))
    heard = hear(report(group).replace("<![CDATA[text 1]]>", "<<", 1), "ufdr")
    assert [one.text for one in heard.messages] == [f"text {n}" for n in range(2, 40)]
    assert len({one.conversation_id for one in heard.messages}) == 38
    assert [(one.count, len(one.places)) for one in heard.reading.unreadable] == [(1, 1)]


WHOLE = report(chat(*(message(n, RAVI, f"text {n}") for n in range(1, 6)), members=[RAVI])).encode()


@settings(max_examples=60)
@given(
    st.integers(0, len(WHOLE)), st.integers(0, 300), st.sampled_from([b"", b"<", b"]]>", b"\0", b"</model>", b"&x;"])
)
def test_a_damaged_report_is_read_but_for_its_damage_or_refused(place, length, instead):
    data = WHOLE[:place] + instead + WHOLE[place + length :]
    try:
        heard = hear(data, "ufdr")
    except ChatError:
        return
    told = heard.reading
    # What stands whole before the damage is read, and read as it is.
    before = [n for n in range(1, 6) if WHOLE.index(f"text {n}]]>".encode()) + 1500 < place]
    assert [one.text for one in heard.messages][: len(before)] == [f"text {n}" for n in before]
    assert len(before) == 5 or len(heard.messages) == 5 or told.unreadable or told.doubtful or length > 100


def test_names_of_any_length_fit_a_record():
    long = "ആ" * 200_000
    crowd = message(1, party(long, long), long, many("To", "Party", party(long)), many("MessageExtraData", long))
    reply = model("ReplyMessageData", one("InstantMessage", "x", message(1, party(long, long), long)))
    odd = [chat(crowd, native=long, name=long, members=[party(long, long)]), model(long, field(long, long))]
    odd.append(chat(message(2, RAVI, "x", many("MessageExtraData", "x", reply), attachment(long, long))))
    odd.append(chat(*(message(n, party(long[:2000], long[:2000]), "x") for n in range(100)), native=long[:2000]))
    said = list(read(io.BytesIO(report(*odd).encode()), Request("ufdr", "0" * 64)))
    assert max(len(msgspec.msgpack.encode(one)) for one in said) < STREAM_RECORD_BYTES


def test_bytes_outside_of_messages_that_xml_does_not_take_are_told():
    heard = heard_of(chat(message(1, RAVI, "x"), name="Bo\0ats"))
    assert [one.title for one in heard.conversations.values()] == ["Bo?ats"]
    assert heard.reading.doubtful[0].places == [heard.data.index(b"\0")]


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "windows-1252"])
def test_a_report_in_another_encoding_is_read_at_its_places(encoding):
    made = report(chat(message(1, RAVI, "café")), head=f'<?xml version="1.0" encoding="{encoding}"?>').encode(encoding)
    heard = hear(made, "ufdr")
    assert [(one.text, one.flags) for one in heard.messages] == [("café", "")]
    opening = '<model type="InstantMessage"'.encode(encoding).removeprefix(b"\xff\xfe")
    assert heard.messages[0].offset == made.index(opening)


def test_damage_before_the_first_chat_costs_no_message():
    heard = hear(report(chat(message(1, RAVI, "one"))).replace("<metadata", "<metadata <", 1), "ufdr")
    assert [one.text for one in heard.messages] == ["one"]
    assert [one.title for one in heard.conversations.values()] == ["Boats"]
    assert heard.reading.unreadable[0].places[0] < heard.messages[0].offset
