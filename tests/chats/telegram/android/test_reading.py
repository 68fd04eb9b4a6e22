"""Telegram's `cache4.db`: people, lists of members with who made them what, stated sizes, messages of many forms."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.chats import ChatError
from tests.chats.heard import hear
from tests.chats.telegram.android.made import (
    DATE,
    TABLES,
    added,
    admin,
    banned,
    channel,
    channel_full,
    chat,
    chat_full,
    created,
    creator,
    database,
    forwarded,
    i,
    member,
    message,
    peer,
    q,
    reply,
    s,
    service,
    user,
)

BOATS = peer("channel", 77)
USERS = [(1, "asha;;;asha", user(1, "Asha", "B", "asha")), (2, "ravi", user(2, "Ravi", phone="447700900123", me=True))]
CHATS = [(77, "boats", channel(77, "Boats", "boats"))]


def told(*messages, users=USERS, chats=CHATS, zone="", **tables):
    return hear(database(users=users, chats=chats, messages=messages, **tables), "telegram-android", zone=zone)


def test_messages_have_their_authors_by_name_and_the_keys_that_desktops_export_gives_them():
    heard = told((1, -77, message(1, BOATS, "the boats go out", 1)), (2, -77, message(2, BOATS, "ok", 2), 1))
    assert heard.said == [("Asha B", "the boats go out"), ("Ravi", "ok")]
    assert [one.native for one in heard.messages] == ["channel77/1", "channel77/2"]
    assert {one.native: (one.name, one.country) for one in heard.accounts.values()} == {
        "user1": ("Asha B (@asha)", ""),
        "user2": ("Ravi (+447700900123)", "GB"),
    }
    assert [(one.native, one.title, one.note) for one in heard.conversations.values()] == [
        ("channel77", "Boats", "@boats")
    ]


def test_a_moment_is_exact_and_local_to_the_zone_that_is_named():
    one = told((1, -77, message(1, BOATS, "ok", 1)), zone="Asia/Kolkata").messages[0]
    assert (one.time_local, one.time_utc, one.time_certainty) == ("2025-04-03T19:05:09", 1743687309000, "exact")


def test_members_are_listed_with_who_made_them_what_and_their_rights():
    rows = [(-77, 1, creator(1)), (-77, 2, admin(2, 1)), (-77, 3, member(3)), (-77, 4, banned(4, 2)),
            (-77, 5, banned(5, 2, restrictions=2))]  # fmt: skip
    heard = told((1, -77, message(1, BOATS, "ok", 1)), members=rows, zone="Asia/Kolkata")
    who = {key: one.native for key, one in heard.accounts.items()}
    assert [(who[one.account_id], one.role, one.since, one.until, who.get(one.by_id)) for one in heard.rosters] == [
        ("user1", "member", "", "", None),
        ("user1", "creator", "", "", None),
        ("user2", "member", "2025-04-03T19:05:09", "", None),
        ("user2", "admin", "", "", "user1"),
        ("user3", "member", "2025-04-03T19:05:09", "", None),
        ("user4", "member", "", "2025-04-03T19:05:09", "user2"),
        ("user5", "member", "", "", None),
    ]
    assert heard.rosters[3].source == 'channel_users_v2, channelParticipantAdmin, rank "Boss", rights ban_users'
    assert heard.rosters[1].source == "channel_users_v2, channelParticipantCreator, rights ban_users anonymous"


def test_how_many_a_channel_has_and_who_is_in_a_basic_group_stand_in_its_settings():
    group = chat_full(5, i(0xE46BCEE4) + q(1), i(0xC02D4007) + q(2, 1) + i(DATE))
    heard = told(
        (1, -77, message(1, BOATS, "ok", 1)),
        chats=[*CHATS, (5, "nets", chat(5, "Nets"))],
        full=[(77, channel_full(77, 38000, 3, 40, 2, 900)), (5, group)],
    )
    assert {(one.what, one.count) for one in heard.sizes} == {
        ("members", 38000), ("admins", 3), ("removed", 40), ("banned", 2), ("online", 900)}  # fmt: skip
    chats = {key: one.native for key, one in heard.conversations.items()}
    assert [(chats[one.conversation_id], one.role) for one in heard.rosters] == [
        ("chat5", "member"), ("chat5", "creator"), ("chat5", "member")]  # fmt: skip


def test_the_message_that_was_written_first_is_named_exactly_and_so_is_the_one_answered():
    data = message(3, BOATS, "on", 1, forwarded=forwarded(5, 56, "Meena"), reply=reply(1))
    one = told((3, -77, data)).messages[0]
    assert (one.text, one.origin, one.forwarded_from, one.reply_to) == (
        "on",
        "channel5/56",
        "Meena (channel5)",
        "channel77/1",
    )


def test_messages_of_telegrams_own_are_events():
    heard = told(
        (1, -77, service(1, BOATS, created("Boats", 1, 2))),
        (2, -77, service(2, BOATS, added(3))),
        (3, -77, service(3, BOATS, i(0xA43F30CC) + q(3), 3)),
        (4, -77, service(4, BOATS, i(0x12345678))),
    )
    assert [one.act for one in heard.events] == ["created", "added", "added", "left", "other"]
    assert (heard.events[0].value, heard.events[-1].value) == ("Boats", "MessageAction0x12345678")
    assert heard.reading.understood == 3


def test_of_two_who_write_to_each_other_the_telephones_own_account_is_who_sent():
    heard = told((1, 1, message(1, peer("user", 1), "hello")), (2, 1, message(2, peer("user", 1), "yes"), 1))
    assert heard.said == [("Asha B", "hello"), ("Ravi", "yes")]


def test_a_form_of_later_layers_is_read_by_what_it_holds():
    rank = i(0x7600B9D3, 1 << 8, 1 << 12, 1) + peer("user", 1) + s("Boss") + BOATS + i(DATE) + s("new")
    older = i(0x58AE39C9, 1 << 8, 2) + peer("user", 1) + BOATS + i(DATE) + s("old")
    narrow = i(0x452C0E65, 1 << 8 | 8, 3, 1) + i(0xBDDDE532, 77) + i(2, DATE) + s("oldest")
    heard = told((1, -77, rank), (2, -77, older), (3, -77, narrow))
    assert heard.said == [("Asha B", "new"), ("Asha B", "old"), ("Asha B", "oldest")]
    assert heard.messages[2].reply_to == "channel77/2"


def test_where_only_the_text_is_found_it_is_told_as_doubtful():
    cited = i(0x1B97DD66, 1 << 4 | 1 << 6 | 1 << 7, 1) + s("cited") + i(0x1CB5C415, 1, 0xBD610BC9, 0, 2)
    heard = told((2, -77, message(2, BOATS, "an answer", 1, reply=cited)))
    assert heard.messages[0].text == "an answer"
    assert (heard.reading.understood, heard.reading.doubtful[0].places) == (0, [2])


def test_what_is_of_no_known_form_keeps_its_time_and_is_told():
    heard = told((2, -77, i(0xDEADBEEF, 1, 2, 3)), members=[(-77, 9, i(0xDEADBEEF))])
    one = heard.messages[0]
    assert (one.kind, one.time_utc, one.media_note) == (
        "withheld",
        DATE * 1000,
        "of a form that is not known (0xdeadbeef)",
    )
    assert heard.reading.unreadable[0].reason.startswith("a row of channel_users_v2")


@pytest.mark.parametrize(
    ("form", "kind", "note"),
    [
        (0x695150D7, "media", "not in the database"),
        (0x70322949, "contact", "not in the database"),
        (0x3DED6320, "text", ""),
        (0x12345678, "media", "not in the database (0x12345678)"),
    ],
)
def test_what_a_message_carries(form, kind, note):
    one = told((1, -77, message(1, BOATS, "ok", 1, media=i(form)))).messages[0]
    assert (one.kind, one.media_note, one.text) == (kind, note, "ok")


def test_secret_chats_are_counted():
    heard = told((1, -77, message(1, BOATS, "ok", 1)), (2, 1 << 62, b"\0" * 40))
    assert len(heard.messages) == 1
    assert any("1 messages of secret chats" in warning for warning in heard.reading.warnings)


def test_a_database_of_something_else_is_refused():
    data = database(tables=TABLES.replace("messages_v2", "nets").replace("TABLE chats(", "TABLE boats("))
    with pytest.raises(ChatError, match="nothing of Telegram"):
        hear(data, "telegram-android")


_WHOLE = message(2, BOATS, "the boats go out", 1, forwarded=forwarded(5, 56), reply=reply(1))


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, len(_WHOLE)),
    st.binary(max_size=30),
    st.sampled_from(["users", "chats", "full", "members", "messages"]),
)
def test_damage_costs_its_row(place, data, table):
    broken = _WHOLE[:place] + data + _WHOLE[place + len(data) :]
    row = {"users": (9, "x", broken), "chats": (9, "x", broken), "full": (77, broken), "members": (-77, 9, broken)}
    tables = {} if table == "messages" else {table: [row[table]]}
    rows = [(2, -77, broken)] if table == "messages" else []
    heard = hear(database(messages=[*rows, (1, -77, message(1, BOATS, "ok", 1))], **tables), "telegram-android")
    assert "ok" in {one.text for one in heard.messages}
    assert len(heard.messages) == 1 + len(rows)
