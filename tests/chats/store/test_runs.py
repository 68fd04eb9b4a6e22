"""Messages counted in runs say the same of who was there as each of them alone."""

import json
import sqlite3
import tempfile
from pathlib import Path

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.chats import (
    Account,
    Act,
    Batch,
    Conversation,
    Event,
    Intervals,
    Membership,
    Message,
    Reading,
    Source,
    Step,
    Writer,
)

PEOPLE = ("asha", "bina", "ravi")
CHATS = ("boats", "nets")
SOURCE = Source("0" * 64, 0, "a", "whatsapp-text", "FIR 1", "A", "2025-03-14T00:00:00", "0")
ACTS = (Act.ADDED, Act.REMOVED, Act.PROMOTED, Act.LEFT, Act.JOINED, Act.RENAMED)


def message(seq, chat, who="", *, forwarded=False, flags=""):
    kind, origin = ("text", "Somebody" if forwarded else "") if who else ("system", "")
    return Message(
        seq, seq, 1, "", chat, who, who, kind, "x", f"t{seq:03}", None, "local", forwarded_from=origin, flags=flags
    )


LINE = st.one_of(
    st.tuples(st.sampled_from(CHATS), st.sampled_from(PEOPLE), st.booleans(), st.booleans()),
    st.tuples(st.sampled_from(CHATS), st.sampled_from(ACTS), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(LINE, max_size=40), st.integers(1, 10))
def test_runs_say_the_same_as_single_messages(lines, size):
    messages, events, steps = [], [], []
    for seq, (chat, first, second, third) in enumerate(lines):
        time = f"t{seq:03}"
        if isinstance(second, bool):
            messages.append(message(seq, chat, first, forwarded=second, flags="suspect_boundary" if third else ""))
            steps += [] if third else [Step(seq, time, chat, "", first, forwarded=second)]
        else:
            messages.append(message(seq, chat))
            events.append(Event(seq, first.value, second, second, (third,), (third,)))
            steps.append(Step(seq, time, chat, first.value, second, (third,)))
    assert sorted(stored(messages, events, size)) == sorted(map(row, Intervals().take(steps)))


def stored(messages, events, size):
    """The intervals of a store, written in batches of a size; the events come last."""
    with tempfile.TemporaryDirectory() as folder:
        with Writer(Path(folder), SOURCE) as writer:
            chats = [Conversation(one, "whatsapp", "", one, "group") for one in CHATS]
            people = [Account(one, "whatsapp", "name", one, one) for one in PEOPLE]
            writer.add(Batch([], [], [], chats, people))
            for start in range(0, len(messages), size):
                writer.add(Batch(messages[start : start + size], [], [], [], []))
            writer.add(Batch([], events, [], [], []))
            writer.finish(Reading(messages=len(messages)))
        base = sqlite3.connect(Path(folder, "chats.sqlite"))
        told = [row(Membership(*one)) for one in base.execute("SELECT * FROM membership")]
        base.close()
    return told


def row(one):
    return json.dumps(msgspec.to_builtins(one))
