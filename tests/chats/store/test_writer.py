"""Writing a store."""

import hashlib

import pytest

from kavalan.chats import Account, Act, Batch, Certainty, Conversation, Event, Message, Reading, Source, Store, Writer

PLACE = Conversation("c", "whatsapp", "1@g.us", "Boats", "group")
RAVI = Account("ravi", "whatsapp", "phone", "+919847000002", "Ravi")


def line(seq, minute, sender="", certainty=Certainty.EXACT):
    local = f"2025-03-13T10:{minute:02}:00"
    moment = minute * 60_000 if certainty is Certainty.EXACT else None
    kind = "text" if sender else "system"
    return Message(seq, seq, 1, str(seq), "c", sender, "", kind, "x", local, moment, certainty.value)


@pytest.mark.parametrize(("certainty", "since"), [(Certainty.EXACT, "stated"), (Certainty.LOCAL, "seen")])
def test_who_was_there_follows_time_where_moments_are_stated_and_else_the_source(tmp_path, certainty, since):
    """A table of messages, and behind it one of events: the order of the file is not that of time."""
    source = Source(hashlib.sha256(b"").hexdigest(), 0, "a", "ufdr", "FIR 1", "A", "2025-03-14T00:00:00", "0")
    with Writer(tmp_path, source) as writer:
        messages = [line(0, 20, "ravi", certainty), line(1, 10, certainty=certainty)]
        added = Event(1, Act.ADDED.value, "Asha", "", ("Ravi",), ("ravi",))
        writer.add(Batch(messages, [added], [], [PLACE], [RAVI]))
        writer.finish(Reading(messages=2))
    with Store(tmp_path) as store:
        rows = store.base.execute("SELECT since_by FROM memberships WHERE role = 'member' ORDER BY first_seen DESC")
        assert next(rows)[0] == since


def test_a_channel_that_posts_in_its_own_name_is_a_poster_and_no_member_of_itself(tmp_path):
    source = Source(hashlib.sha256(b"").hexdigest(), 0, "a", "telegram-json", "FIR 1", "A", "2025-03-14T00:00:00", "0")
    channel = Conversation("c", "telegram", "channel7", "Notices", "channel")
    itself = Account("itself", "telegram", "id", "channel7", "Notices")
    with Writer(tmp_path, source) as writer:
        writer.add(Batch([line(0, 10, "itself")], [], [], [channel], [itself]))
        writer.finish(Reading(messages=1))
    with Store(tmp_path) as store:
        assert store.base.execute("SELECT role FROM memberships").fetchall() == [("poster",)]
        assert store.base.execute("SELECT known_members FROM conversations").fetchone() == (0,)
