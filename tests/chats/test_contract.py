"""What every reader keeps to, whatever it reads: the battery that a new form joins with one line."""

import hashlib
import io
import itertools

import msgspec
import pytest

from kavalan.chats import FORMS, Act, Batch, Certainty, ChatReader, Flag, Kind, Request
from kavalan.chats.model import Part
from kavalan.chats.task import read
from kavalan.sandbox.wire import STREAM_RECORD_BYTES
from tests.chats.discord import made as discord
from tests.chats.email import made as email
from tests.chats.heard import hear
from tests.chats.leapp import made as leapp
from tests.chats.meta import made as meta
from tests.chats.tables import made as tables
from tests.chats.telegram.android import made as cached
from tests.chats.telegram.dumps import made as dumps
from tests.chats.telegram.html import made as pages
from tests.chats.telegram.made import chat, message, service, written
from tests.chats.ufdr import made as ufdr
from tests.chats.whatsapp.android import made as android
from tests.chats.whatsapp.ios import made as ios

LONG = "ആ boat@okaxis " * 4_000
FORM = {
    "leapp-tsv": leapp.written(
        leapp.MESSAGES,
        leapp.said(1, 0, "hi"),
        leapp.said(2, 2, LONG),
        leapp.said(3, 3, "a\0", **{"Local Path To Media": "Media/IMG-1.jpg"}),
        leapp.said(4, 3, "when?", **{"Message Timestamp": "soon"}),
    ),
    "table": tables.table(
        tables.NOTED_HEADER,
        f"+447700900001,+447700900002,13/03/2025 10:01,{LONG}",
        "+447700900001,4.477E+11,13/03/2025 10:02,a\0",
        "+447700900001,+447700900002,soon,b",
        below=["total,,,"],
    ),
    "ufdr": ufdr.report(
        ufdr.chat(
            ufdr.system(1, "ParticipantAdded", ufdr.member(2, "Ravi"), "Asha added Ravi"),
            ufdr.message(2, ufdr.member(2, "Ravi"), LONG),
            ufdr.message(3, ufdr.member(3), "a\0"),
            ufdr.system(4, "SomethingNew", ufdr.member(3), "odd"),
            members=[ufdr.member(1, "Asha", admin="True"), ufdr.member(2, "Ravi")],
        )
    ),
    "whatsapp-text": "".join(
        f"13/03/2025, 10:{n:02} - {said}\n"
        for n, said in enumerate(
            ['Asha created group "Boats"', "Asha added Ravi and +44 7700 900123", f"Ravi: {LONG}", "Asha: \0ok", "odd"]
        )
    ),
    "whatsapp-android": android.telephone(
        {"message_type": 7, "sender_jid_row_id": 1},
        {"sender_jid_row_id": 5, "text_data": LONG},
        {"sender_jid_row_id": 6, "text_data": "a\0"},
        {"message_type": 4711, "sender_jid_row_id": 1},
        chat=[{"_id": 1, "jid_row_id": 4, "subject": "Boats"}],
        message_system=[{"message_row_id": 2, "action_type": 15}],
        message_system_chat_participant=[{"message_row_id": 2, "user_jid_row_id": 2}],
    ),
    "whatsapp-ios": ios.iphone(
        {"ZMESSAGETYPE": 6, "ZGROUPEVENTTYPE": 2, "ZGROUPMEMBER": 2},
        {"ZGROUPMEMBER": 2, "ZTEXT": LONG},
        {"ZGROUPMEMBER": 3, "ZTEXT": "a\0"},
        {"ZMESSAGETYPE": 4711, "ZGROUPMEMBER": 1},
        ZWACHATSESSION=[{"Z_PK": 1, "ZCONTACTJID": "120363020000000001@g.us", "ZPARTNERNAME": "Boats"}],
    ),
    "telegram-json": written(
        chat(
            service(1, "create_group", members=["P1", "P2"]),
            message(2, text=LONG),
            message(3, 2, "a\0\ud83d"),
            message(4, 2, photo="photos/a.jpg"),
            service(5, "something_new"),
        )
    ).replace("\ud83d", "\\ud83d"),
    "telegram-html": pages.page(
        pages.service(-1, "3 April 2025"),
        pages.service(1, "P1 created group &laquo;Boats&raquo; with members P1 and P2"),
        pages.message(2, text=LONG),
        pages.message(3, "P2", "a\0"),
        pages.message(4, "P2", inner=pages.photo("photos/a.jpg")),
        pages.service(5, "something new"),
    ),
    "telegram-dump": dumps.lines(
        dumps.service(1, "ChatCreate", title="Boats", users=[1, 2]),
        dumps.message(2, text=LONG),
        dumps.message(3, 2, "a\0"),
        dumps.message(4, 2, media={"_": "MessageMediaPhoto"}),
        dumps.service(5, "SomethingNew"),
        dumps.answer(dumps.member(3, "Admin", promoted_by=1), chats=[dumps.channel()], users=[dumps.user(1, "P1")]),
    ),
    "telegram-android": cached.database(
        chats=[(77, "boats", cached.channel(77, "Boats"))],
        members=[(-77, 2, cached.admin(2, 1))],
        messages=[
            (1, -77, cached.service(1, cached.peer("channel", 77), cached.created("Boats", 1, 2))),
            (2, -77, cached.message(2, cached.peer("channel", 77), LONG, 1)),
            (3, -77, cached.message(3, cached.peer("channel", 77), "a\0", 2)),
            (4, -77, cached.service(4, cached.peer("channel", 77), cached.i(0x12345678))),
        ],
    ),
    "discord-json": discord.written(
        discord.channel(
            discord.message(1, text=LONG),
            discord.message(2, 2, "a\0"),
            discord.message(3, attachments=[{"url": "a.jpg"}, {"url": "b.jpg"}]),
            discord.message(4, kind="RecipientAdd", mentions=[discord.user(3)]),
            discord.message(5, kind="9999"),
        )
    ),
    "email": email.joined(
        email.mail(1, text=LONG, headers={"Subject": None}),
        email.mail(2, "ravi@example.org", "a", files={"a.jpg": b"a", "b.jpg": b"b"}),
        email.mail(3, headers={"Date": "a\N{COMBINING ACUTE ACCENT}"}),
    ),
    "meta-json": meta.written(
        meta.thread(
            meta.message(1, text=LONG),
            meta.message(2, "Ravi", "a\0"),
            meta.message(3, photos=[{"uri": "a.jpg"}, {"uri": "b.jpg"}]),
            meta.message(4, text="Asha named the group Nets."),
        )
    ),
}

KNOWN = {"table": {"columns": tables.NOTED}}
"""What the examiner says of a source."""


def test_every_form_is_in_the_battery():
    assert set(FORM) == set(FORMS)


@pytest.fixture(params=sorted(FORM))
def form(request):
    return request.param


@pytest.fixture
def heard(form):
    return hear(FORM[form], form, **KNOWN.get(form, {}))


def test_messages_come_in_order_and_do_not_overlap(heard):
    assert [one.seq for one in heard.messages] == list(range(len(heard.messages)))
    # Some exports have the newest first, and are told from the oldest on.
    places = sorted((one.offset, one.offset + one.length) for one in heard.messages)
    for (_, end), (offset, _) in itertools.pairwise(places):
        assert end <= offset
    assert places[-1][1] <= len(heard.data)


def test_everybody_and_every_chat_that_is_named_is_told(heard):
    people = {one.sender_id for one in heard.messages} | {one.actor_id for one in heard.events}
    people |= {target for one in heard.events for target in one.target_ids}
    assert people - {""} <= set(heard.accounts)
    assert {one.conversation_id for one in heard.messages} == set(heard.conversations)
    assert all(len(one.targets) == len(one.target_ids) for one in heard.events)


def test_words_of_the_contract_are_its_own(heard):
    assert {one.kind for one in heard.messages} <= set(Kind)
    assert {one.time_certainty for one in heard.messages} <= set(Certainty)
    assert {flag for one in heard.messages for flag in one.flags.split()} <= set(Flag)
    assert {one.act for one in heard.events} <= set(Act)


def test_every_text_can_be_stored(heard):
    for one in heard.messages:
        assert "\0" not in one.text
        assert one.text.encode().decode() == one.text


def test_identifiers_stand_where_they_say(heard):
    paid = [one for one in heard.named if one.kind == "upi"]
    assert len(paid) == LONG.count("@")
    for one in paid[:50]:
        assert heard.messages[one.seq].text[one.start : one.end] == one.value


def test_no_record_is_larger_than_a_frame_and_long_texts_are_whole(form, heard):
    records = list(read(io.BytesIO(heard.data), Request(form, "0" * 64, **KNOWN.get(form, {}))))
    assert any(isinstance(one, Part) for one in records)
    assert max(len(msgspec.msgpack.encode(one)) for one in records) < STREAM_RECORD_BYTES
    assert LONG.rstrip() in {one.text.rstrip() for one in heard.messages}


def test_the_report_counts_what_was_said(heard):
    reading = heard.reading
    assert reading.messages == len(heard.messages)
    assert reading.system == sum(one.kind == "system" for one in heard.messages)
    assert reading.understood < reading.messages
    assert all(doubt.places and doubt.count >= len(doubt.places) for doubt in reading.doubtful)


def test_reading_it_again_says_the_same(form, heard):
    again = hear(FORM[form], form, **KNOWN.get(form, {}))
    assert (again.messages, again.events, again.accounts) == (heard.messages, heard.events, heard.accounts)


def test_every_form_is_read_alike_in_the_sandbox(tmp_path):
    with ChatReader() as reader:
        for form, data in FORM.items():
            heard = hear(data, form, **KNOWN.get(form, {}))
            (tmp_path / form).write_bytes(heard.data)
            request = Request(form, hashlib.sha256(heard.data).hexdigest(), **KNOWN.get(form, {}))
            with (tmp_path / form).open("rb") as source:
                said = list(reader.read(source, request))
            assert reader.failure is None, form
            assert [one for batch in said if isinstance(batch, Batch) for one in batch.messages] == heard.messages
