"""What is seen again: in a store, and over several."""

import hashlib

import pytest

from kavalan.chats import Batch, Conversation, Message, Reading, Source, Store, Writer, repeats
from kavalan.chats.store.source import Media

LONG = "the boats go out at five tomorrow, tell everybody in the other group too"
FILE = hashlib.sha256(b"a drawn boat").hexdigest()


@pytest.fixture
def store(tmp_path):
    opened = []

    def store(name, *messages, media=()):
        """Messages as (chat, minute, text, fields), in the order of the source."""
        made = [
            Message(n, n, 1, str(n), chat, "", "", "text", text, local(minute), None, "local", **fields)
            for n, (chat, minute, text, fields) in enumerate(messages)
        ]
        chats = [Conversation(one, "whatsapp", "", one, "group") for one in sorted({one[0] for one in messages})]
        source = Source(hashlib.sha256(name.encode()).hexdigest(), 0, name, "ufdr", "F", "A", "2025-03-14", "0")
        with Writer(tmp_path / name, source) as writer:
            writer.add(Batch(made, [], [], chats, []))
            writer.media(media)
            writer.finish(Reading(messages=len(made)))
        opened.append(Store(tmp_path / name))
        return opened[-1]

    yield store
    for one in opened:
        one.base.close()


def local(minute):
    return f"2025-03-13T10:{minute:02}:00" if minute is not None else ""


def rows(store):
    asked = "SELECT what, seq, first_conversation_id, first_time_local, earlier FROM repeats ORDER BY seq"
    return list(store.base.execute(asked))


def test_a_long_text_is_known_again_whatever_its_case_and_spaces(store):
    held = store("a", ("nets", 9, LONG, {}), ("boats", 5, LONG.upper().replace(" ", "  "), {}))
    assert rows(held) == [("text", 0, "boats", local(5), 1)]


def test_a_short_text_and_one_that_differs_in_a_word_are_not(store):
    assert rows(store("a", ("nets", 5, "ok", {}), ("boats", 6, "ok", {}))) == []
    assert rows(store("b", ("nets", 5, LONG, {}), ("boats", 6, f"{LONG}!", {}))) == []


def test_a_file_is_known_by_its_bytes_and_by_what_a_source_says_of_it(store):
    held = store(
        "a",
        ("nets", 5, "", {"media_name": "a.jpg"}),
        ("boats", 6, "", {"media_name": "gone.jpg", "media_sha256": FILE.upper()}),
        ("boats", 7, "", {"media_name": "a.jpg", "media_sha256": FILE}),
        media=[Media("a.jpg", FILE, 12)],
    )
    assert [row[:2] for row in rows(held)] == [("file, as stated", 1), ("file", 2)]


def test_a_message_without_a_time_is_nobodys_first(store):
    held = store("a", ("nets", None, LONG, {}), ("boats", 6, LONG, {}))
    assert rows(held) == [("text", 0, "boats", local(6), 1)]


def test_stores_are_looked_over_together_and_the_earliest_comes_first(store):
    one = store("a", ("nets", 9, LONG, {}), ("nets", 10, "a" * 70, {}))
    other = store("b", ("boats", 5, LONG, {}), ("boats", 6, "b" * 70, {}))
    (found,) = repeats([one, other])
    assert (found.times, found.chats) == (2, 2)
    assert [(sight.conversation, sight.time_local) for sight in found.sights] == [
        ("boats", local(5)),
        ("nets", local(9)),
    ]


def test_what_one_chat_says_again_is_told_when_asked(store):
    held = store("a", *(("nets", minute, LONG, {}) for minute in range(5)))
    assert not list(repeats([held]))
    (found,) = repeats([held], chats=1, most=2)
    assert (found.times, len(found.sights)) == (5, 2)
