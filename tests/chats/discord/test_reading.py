"""DiscordChatExporter's JSON: who wrote, who came and went, what was sent on and from where."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.chats import ChatError
from kavalan.sandbox.wire import STREAM_RECORD_BYTES
from tests.chats.discord.made import channel, message, user, written
from tests.chats.heard import hear, largest

P2 = [user(2)]


def told(*messages, indent=2, **more):
    return hear(written(channel(*messages, **more), indent), "discord-json")


@pytest.mark.parametrize("indent", [2, None])
def test_every_message_is_read_at_its_place_in_any_layout(indent):
    heard = told(*(message(n, n % 3, f'say "{{n}} {n}', roles=[]) for n in range(30)), indent=indent)
    assert [(one.sender_name, one.text) for one in heard.messages] == [
        (f"P{n % 3}", f'say "{{n}} {n}') for n in range(30)
    ]
    for one in heard.messages:
        assert json.loads(heard.data[one.offset : one.offset + one.length])["id"] == one.native.removeprefix("77/")
    assert heard.reading.understood == 30


def test_the_channel_is_named_by_its_server_category_and_name():
    (one,) = told(message(1)).conversations.values()
    assert (one.native, one.title, one.kind) == ("77", "Harbour / Work / boats", "GuildTextChat")
    assert one.note == "of the server 7; topic: boats and nets"


def test_a_talk_has_its_name_alone():
    (one,) = told(message(1), kind="DirectTextChat").conversations.values()
    assert (one.title, one.kind, one.note) == ("boats", "direct", "topic: boats and nets")


def test_a_name_that_reads_like_the_messages_changes_nothing():
    export = channel(message(1))
    export["guild"]["name"] = '"messages": ['
    heard = hear(written(export), "discord-json")
    assert [one.title for one in heard.conversations.values()] == ['"messages": [ / Work / boats']


def test_a_moment_is_exact_and_local_time_is_of_the_zone_that_was_named():
    heard = hear(written(channel(message(1))), "discord-json", zone="Asia/Kolkata")
    (one,) = heard.messages
    assert (one.time_local, one.time_utc, one.time_certainty) == ("2025-04-03T19:05:09", 1743687309123, "exact")
    assert told(message(1)).messages[0].time_local == "2025-04-03T13:35:09"


def test_an_account_is_its_number_and_the_name_that_is_its_own():
    heard = told(message(1), message(2, user(1, nickname="Somebody else", discriminator="1234")))
    (one,) = heard.accounts.values()
    assert (one.kind, one.native, one.name) == ("id", "1001", "p1#1234")
    assert [said.sender_name for said in heard.messages] == ["P1", "Somebody else"]


def test_who_comes_and_goes_in_a_group():
    heard = told(
        message(1, 1, "Added P2 to the group.", "RecipientAdd", mentions=P2),
        message(2, 1, "Removed P2 from the group.", "RecipientRemove", mentions=P2),
        message(3, 2, "Left the group.", "RecipientRemove", mentions=P2),
        message(4, 2, "Joined the server.", "GuildMemberJoin"),
        message(5, 1, "Changed the channel name: Nets", "ChannelNameChange"),
        message(6, 1, "Pinned a message.", "ChannelPinnedMessage", reference={"messageId": "1", "channelId": "77"}),
        message(7, 1, "?", "9999"),
        kind="DirectGroupTextChat",
    )
    assert [one.act for one in heard.events] == ["added", "removed", "left", "joined", "renamed", "pinned", "other"]
    second = next(one.id for one in heard.accounts.values() if one.name == "p2")
    assert [one.target_ids for one in heard.events[:3]] == [(second,)] * 3
    assert [one.value for one in heard.events[4:]] == ["Nets", "1", "9999"]
    assert heard.reading.understood == 6


def test_an_answer_and_a_forward_say_to_which_message():
    elsewhere = {"messageId": "5", "channelId": "88", "guildId": "9"}
    heard = told(
        message(1, kind="Reply", reference={"messageId": "5", "channelId": "77"}),
        message(2, text="", reference={"type": "Forward", **elsewhere}, forwardedMessage={"content": "from afar"}),
        message(3, text="news", reference={"type": "Default", **elsewhere}),
    )
    assert [(one.reply_to, one.origin, one.forwarded_from) for one in heard.messages] == [
        ("77/5", "", ""),
        ("", "88/5", "(not named)"),
        ("", "88/5", "(not named)"),
    ]
    assert heard.messages[1].text == "from afar"


def test_each_file_of_a_message_is_a_row_and_only_what_was_exported_lies_in_the_folder():
    files = [
        {"id": "1", "url": "boats.json_Files/a-1F.jpg", "fileName": "a.jpg", "fileSizeBytes": 5},
        {"id": "2", "url": "https://cdn.discordapp.com/attachments/1/2/b.jpg", "fileName": "b.jpg"},
        {"id": "3", "url": "../../etc/passwd", "fileName": "c"},
    ]
    heard = told(message(1, attachments=files), message(2))
    assert [(one.native, one.text, one.media_name, one.media_note) for one in heard.messages] == [
        ("77/1", "the boats go out", "boats.json_Files/a-1F.jpg", ""),
        ("77/1/2", "", "b.jpg", "not downloaded"),
        ("77/1/3", "", "passwd", ""),
        ("77/2", "the boats go out", "", ""),
    ]


def test_a_card_is_the_text_where_nobody_wrote_any():
    card = {"title": "Boat for sale", "url": "https://example.org/b", "fields": [{"name": "Price", "value": "5"}]}
    heard = told(message(1, text="", embeds=[card]), message(2, embeds=[card]))
    assert [one.text for one in heard.messages] == [
        "Boat for sale\nhttps://example.org/b\nPrice\n5",
        "the boats go out",
    ]
    assert any(warning.startswith("1 previews") for warning in heard.reading.warnings)


def test_roles_prove_that_an_author_was_a_member_when_the_channel_was_exported():
    author = user(1, roles=[{"id": "1", "name": "Admin"}, {"id": "2", "name": "Crew"}])
    heard = told(message(1, author), message(2, author), message(3, 2))
    assert [(one.role, one.source) for one in heard.rosters] == [
        ("member", "DiscordChatExporter, author.roles: Admin, Crew")
    ]


def test_a_message_that_cannot_be_mended_costs_itself_and_is_missed():
    text = written(channel(message(1), message(2), message(3))).replace('"id": "2"', '"id": two')
    heard = hear(text, "discord-json")
    assert [one.native for one in heard.messages] == ["77/1", "77/3"]
    assert heard.reading.unreadable[0].count == 1


def test_a_count_that_does_not_hold_is_told():
    assert "the file says that it has 5 messages, and 1 lie in it" in told(message(1), count=5).reading.warnings


def test_names_and_lists_without_end_fit_their_frames():
    long = "🚣" * 5_000
    author = user(1, nickname=long, name=long, id=long, roles=[{"name": long}] * 20)
    elsewhere = {"type": "Forward", "messageId": long, "channelId": long}
    file = {"url": long, "fileName": long}
    export = channel(
        message(long, author, kind="Reply", reference=elsewhere, attachments=[file] * 40, timestamp=long),
        message(2, author, kind="RecipientAdd", mentions=[user(long[:n]) for n in range(120)]),
        message(3, author, kind=long),
    )
    export["channel"] |= {"name": long, "topic": long, "id": long}
    assert largest(written(export), "discord-json") < STREAM_RECORD_BYTES
    assert sum(len(one.targets) for one in hear(written(export), "discord-json").events) == 120


def test_what_is_no_channel_is_refused():
    with pytest.raises(ChatError, match="no messages of Discord"):
        hear('{"guild": {"id": "1"}}', "discord-json")


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from([*message(1), "reference", "forwardedMessage", "poll"]), _ANY))
def test_any_value_in_any_field_is_read(fields):
    text = written(channel({**message(1), **fields}, message(2)))
    heard = hear(text.encode("utf-8", "surrogatepass"), "discord-json")
    assert [one.native for one in heard.messages][-1] == "77/2"
