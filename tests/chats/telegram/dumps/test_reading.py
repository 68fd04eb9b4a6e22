"""Dumps of Telethon and TDLib: messages with their exact origins, members with who made them what, in any layout."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.chats import ChatError
from tests.chats.heard import hear
from tests.chats.telegram import made as desktop
from tests.chats.telegram.dumps.made import (
    answer,
    channel,
    lines,
    member,
    message,
    peer,
    service,
    tdlib,
    user,
    words,
)

DUMP = [message(1), message(2, 2, "ok"), channel(), user(1, "Asha"), user(2, "Ravi", phone="447700900123")]


def told(*objects, **known):
    return hear(lines(*objects), "telegram-dump", **known)


@pytest.mark.parametrize(
    "text",
    [
        lines(*DUMP),
        json.dumps(DUMP),
        json.dumps(DUMP, indent=2),
        json.dumps({"_": "messages.ChannelMessages", "messages": DUMP[:2], "chats": DUMP[2:3], "users": DUMP[3:]}),
    ],
    ids=["lines", "array", "indented", "answer"],
)
def test_messages_are_read_at_their_places_in_any_layout_with_names_that_come_later(text):
    heard = hear(text, "telegram-dump")
    assert heard.said == [("Asha", "the boats go out"), ("Ravi", "ok")]
    for one in heard.messages:
        assert json.loads(heard.data[one.offset : one.offset + one.length])["id"] == int(one.native.rpartition("/")[2])
    assert {one.native for one in heard.messages} == {"channel77/1", "channel77/2"}
    assert {one.name: one.country for one in heard.accounts.values()} == {"Asha": "", "Ravi (+447700900123)": "GB"}


def test_an_account_and_a_chat_have_the_keys_that_desktops_export_gives_them():
    export = hear(desktop.written(desktop.chat(desktop.message(1), kind="private_supergroup")), "telegram-json")
    assert set(told(*DUMP).accounts) > set(export.accounts)
    assert set(told(*DUMP).conversations) == set(export.conversations)


def test_a_moment_is_local_to_the_zone_that_is_named():
    one = told(message(1), zone="Asia/Kolkata").messages[0]
    assert (one.time_local, one.time_utc, one.time_certainty) == ("2025-04-03T19:05:09", 1743687309000, "exact")
    assert told(message(1, date=1743687309)).messages[0].time_utc == 1743687309000


def test_the_message_that_was_written_first_is_named_exactly():
    header = {"_": "MessageFwdHeader", "from_id": {"_": "PeerChannel", "channel_id": 5}, "channel_post": 56}
    one, other, hidden = told(
        message(1, fwd_from={**header, "post_author": "Meena"}),
        message(2, fwd_from={"_": "MessageFwdHeader", "from_id": peer(9)}),
        message(3, fwd_from={"_": "MessageFwdHeader", "from_name": "Q"}),
    ).messages
    assert (one.origin, one.forwarded_from) == ("channel5/56", "Meena (channel5)")
    assert (other.origin, other.forwarded_from) == ("", "user9")
    assert (hidden.origin, hidden.forwarded_from) == ("", "Q")


def test_how_often_others_sent_it_on_makes_nobody_a_forwarder():
    heard = told(message(1, forwards=50, views=900))
    assert heard.messages[0].forwards == 0
    assert any("1 messages have counts" in warning for warning in heard.reading.warnings)


def test_members_are_listed_with_who_made_them_what_and_their_rights():
    rights = {"_": "ChatAdminRights", "ban_users": True, "add_admins": False, "anonymous": True}
    banned = {"_": "ChatBannedRights", "view_messages": True}
    heard = told(
        answer(
            {"_": "ChannelParticipantCreator", "user_id": 1, "admin_rights": rights, "rank": None},
            member(2, "Admin", promoted_by=1, inviter_id=None, admin_rights=rights, rank="Boss"),
            member(3),
            {"_": "ChannelParticipantBanned", "peer": peer(4), "kicked_by": 2, "date": 1743687309, "left": True,
             "banned_rights": banned},
            {"_": "ChannelParticipantLeft", "peer": peer(5)},
            chats=[channel()],
            users=[user(n, f"P{n}") for n in range(1, 6)],
        ),
        message(1),
    )  # fmt: skip
    who = {key: one.name for key, one in heard.accounts.items()}
    listed = [
        (who[one.account_id], one.role, one.since[:10], one.until[:10], who.get(one.by_id, "")) for one in heard.rosters
    ]
    assert listed == [
        ("P1", "member", "", "", ""),
        ("P1", "creator", "", "", ""),
        ("P2", "member", "2025-01-14", "", ""),
        ("P2", "admin", "", "", "P1"),
        ("P3", "member", "2025-01-14", "", ""),
        ("P4", "member", "", "2025-04-03", "P2"),
    ]
    assert heard.rosters[3].source == 'channelParticipantAdmin, rank "Boss", rights ban_users anonymous'


def test_a_list_that_does_not_say_of_which_chat_is_told_where_there_are_several():
    heard = told(member(1), channel(), channel(78, "Nets"), message(1))
    assert heard.rosters == []
    assert "does not say of which chat" in heard.reading.doubtful[0].reason
    assert len(told(member(1), channel(), message(1)).rosters) == 1


def test_how_many_a_chat_has_is_kept_with_where_it_stands():
    full = {"_": "ChannelFull", "id": 77, "about": "", "participants_count": 38000, "admins_count": 3}
    answered = {"_": "messages.ChatFull", "full_chat": full, "chats": [channel()], "users": []}
    sizes = told(answered, message(1)).sizes
    assert [(one.what, one.count, one.source) for one in sizes] == [
        ("members", 38000, "channelFull.participants_count"),
        ("admins", 3, "channelFull.admins_count"),
    ]


def test_messages_of_telegrams_own_are_events():
    heard = told(
        service(1, "ChatCreate", title="Boats", users=[1, 2]),
        service(2, "ChatAddUser", users=[3]),
        service(3, "ChatDeleteUser", 3, user_id=3),
        service(4, "ChatDeleteUser", user_id=2),
        service(5, "ChatJoinedByLink", 4, inviter_id=1),
        service(6, "ChatAddUser", 5, users=[5]),
        service(7, "SomethingNew"),
    )
    assert [one.act for one in heard.events] == [
        "created",
        "added",
        "added",
        "left",
        "removed",
        "joined",
        "joined",
        "other",
    ]
    assert heard.events[-1].value == "MessageActionSomethingNew"
    assert heard.reading.understood == 6


def test_who_writes_in_a_channel_without_a_name_is_the_channel():
    heard = told(channel(broadcast=True), message(1, None, post=True))
    assert heard.accounts[heard.messages[0].sender_id].native == "channel77"


def test_a_link_stands_where_it_does_behind_signs_that_count_twice():
    entity = {"_": "MessageEntityTextUrl", "offset": 5, "length": 4, "url": "https://t.me/+abcdefghijklmnopqr"}
    heard = told(message(1, text="😀😀 page", entities=[entity]))
    assert [(one.start, one.end) for one in heard.named if one.kind == "invite"] == [(3, 7)]


def test_tdlibs_messages_have_the_same_keys_and_origins():
    forward = {"@type": "messageForwardInfo", "origin": {"@type": "messageOriginChannel", "chat_id": -1000000000005,
               "message_id": 56 << 20, "author_signature": "Meena"}}  # fmt: skip
    heard = told(
        tdlib(1, words("see page", {"offset": 4, "length": 4, "type": {"url": "https://t.me/+abcdefghijklmnopqr"}})),
        tdlib(2, {"@type": "messageChatAddMembers", "member_user_ids": [2, 3]}),
        tdlib(3, words("on"), forward_info=forward, reply_to={"@type": "messageReplyToMessage", "message_id": 1 << 20}),
        {"@type": "user", "id": 1, "first_name": "Asha", "last_name": ""},
        {"@type": "chat", "id": -1000000000077, "title": "Boats", "type": {"@type": "chatTypeSupergroup"}},
        {"@type": "supergroupFullInfo", "member_count": 38000},
        {"@type": "chatMembers", "total_count": 1, "members": [
            {"@type": "chatMember", "member_id": {"@type": "messageSenderUser", "user_id": 2}, "inviter_user_id": 1,
             "joined_chat_date": 1743687309, "status": {"@type": "chatMemberStatusAdministrator", "custom_title": "",
             "rights": {"@type": "chatAdministratorRights", "can_restrict_members": True}}}]},
    )  # fmt: skip
    assert [one.native for one in heard.messages] == ["channel77/1", "channel77/2", "channel77/3"]
    assert heard.messages[0].sender_name == "Asha"
    assert heard.events[0].act == "added"
    assert (heard.messages[2].origin, heard.messages[2].reply_to) == ("channel5/56", "channel77/1")
    assert [(one.what, one.count) for one in heard.sizes] == [("members", 38000)]
    assert [(one.role, one.source) for one in heard.rosters][1] == (
        "admin", "chatMemberStatusAdministrator, rights can_restrict_members")  # fmt: skip


def test_an_object_that_is_broken_costs_itself():
    text = lines(message(1), message(2), message(3)).replace('"id": 2', '"id": two').replace("out", r"o\x0But")
    heard = hear(text, "telegram-dump")
    assert [one.native for one in heard.messages] == ["channel77/1", "channel77/3"]
    assert heard.messages[0].flags == "repaired"
    assert heard.reading.unreadable[0].count == 1


def test_what_holds_nothing_of_telegram_is_refused():
    with pytest.raises(ChatError, match="nothing of Telegram"):
        hear('{"_": "Something", "a": ["{\\"_\\": \\"Message\\"}"]}', "telegram-dump")


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


_BASES = (message(1), service(1, "ChatAddUser"), member(1, "Admin"), answer(member(1)), user(1, "P"), channel())
_FIELDS = st.dictionaries(st.sampled_from([*message(1), "action", "participants", "chat_id"]), _ANY)


@settings(max_examples=60, deadline=None)
@given(_FIELDS, st.sampled_from(_BASES))
def test_any_value_in_any_field_is_read(fields, base):
    fields.pop("_", None)
    heard = hear(lines({**base, **fields}, message(9)).encode("utf-8", "surrogatepass"), "telegram-dump")
    assert heard.messages[-1].native.endswith("/9")


@settings(max_examples=40, deadline=None)
@given(_ANY, st.sampled_from(["content", "sender_id", "forward_info", "chat_id", "date", "id", "reply_to"]))
def test_any_value_in_any_field_of_tdlib_is_read(value, key):
    text = lines({**tdlib(1, words("a")), key: value}, tdlib(9, words("b")))
    assert hear(text.encode("utf-8", "surrogatepass"), "telegram-dump").messages[-1].native.endswith("/9")
