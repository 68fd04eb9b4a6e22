"""Who had which part in a chat, as a store is asked for it."""

import pytest

from kavalan.chats import Account, Batch, Rostered, Size, Source, Store, Writer, members_of
from tests.chats.heard import hear

TEXT = """13/03/2025, 10:00 - Asha created group "Boats"
13/03/2025, 10:01 - Asha added +44 7700 900123 and Ravi
13/03/2025, 10:02 - You're now an admin
13/03/2025, 10:03 - Ravi: the boats go out
14/03/2025, 10:00 - Ravi left
"""


@pytest.fixture
def store(tmp_path):
    heard = hear(TEXT)
    (conversation,) = heard.conversations
    with Writer(tmp_path / "a", Source("0" * 64, 1, "a.txt", "whatsapp-text", "F", "A", "now", "0")) as writer:
        writer.add(
            Batch(
                heard.messages,
                heard.events,
                [],
                list(heard.conversations.values()),
                [*heard.accounts.values(), Account("quiet", "whatsapp", "name", "Quiet", "Quiet")],
                [Rostered(conversation, "quiet", "member", "a list")],
                [Size(conversation, "members", 38_000, "2025-03-14T00:00:00", "its own page")],
            )
        )
        writer.finish(heard.reading)
    with Store(tmp_path / "a") as opened:
        yield opened


def told(store, *asked):
    return [(one.role, one.name, one.since, one.until) for chat in members_of(store, *asked) for one in chat.parts]


def test_roles_come_in_their_order_with_what_proves_them(store):
    (chat,) = members_of(store, {"creator", "admin"})
    assert [(one.role, one.name, one.since_by) for one in chat.parts] == [
        ("creator", "Asha", "stated"),
        ("admin", "Asha", "implied"),
        ("admin", "You", "stated"),
    ]
    assert chat.parts[0].since_key == f"{'0' * 64}:0"


def test_how_many_are_known_stands_beside_how_many_the_source_states(store):
    (chat,) = members_of(store, {"creator"})
    assert (chat.known_members, chat.stated_members, chat.stated_by) == (5, 38_000, "its own page")


@pytest.mark.parametrize("who", ["+447700900123", "0044 7700 900123"[2:], "+44 7700 900123"])
def test_a_number_is_found_however_it_is_written(store, who):
    assert told(store, {"member"}, who) == [("member", "+44 7700 900123", "2025-03-13T10:01:00", "")]


def test_a_name_is_found_in_any_case_and_whole(store):
    assert told(store, {"member"}, "ravi") == [("member", "Ravi", "2025-03-13T10:01:00", "2025-03-14T10:00:00")]
    assert told(store, {"member"}, "rav") == []


def test_a_chat_in_which_nobody_had_the_role_is_left_out(store):
    assert list(members_of(store, {"forwarder"})) == []
