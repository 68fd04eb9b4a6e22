"""Batches: whatever is in them, each fits the frame in which it is sent."""

import msgspec
import pytest

from kavalan.chats.model import Account, Act, Conversation, Event, Kind, Message
from kavalan.chats.outlet import Outlet
from kavalan.sandbox.wire import STREAM_RECORD_BYTES

WIDE = "𓆝"
"""Four bytes in a frame."""


def message(seq, text="", **more):
    return Message(seq, 0, 0, f"chat/{seq}", "c" * 32, "a" * 32, "Asha", Kind.TEXT.value, text, **more)


def frames(outlet):
    said = list(outlet.rest())
    assert said
    return [len(msgspec.msgpack.encode(one)) for one in said]


@pytest.mark.parametrize("length", [1, 300, 20_001, 39_000, 40_000, 40_001, 100_000])
def test_batches_of_texts_of_any_length_fit(length):
    outlet = Outlet(None)
    for seq in range(5):
        outlet.message(message(seq, WIDE * length))
    assert max(frames(outlet)) < STREAM_RECORD_BYTES


def test_batches_of_long_names_fit():
    outlet = Outlet(None)
    for seq in range(300):
        outlet.account(Account(f"{seq:032}", "whatsapp", "name", WIDE * 300, WIDE * 300))
        outlet.conversation(Conversation("c" * 32, "whatsapp", "c", WIDE * 300, "group", WIDE * 600))
        outlet.event(Event(seq, Act.RENAMED, WIDE * 300, value=WIDE * 4000, before=WIDE * 4000))
        outlet.message(message(seq, media_name=WIDE * 4000, forwarded_from=WIDE * 300))
    assert max(frames(outlet)) < STREAM_RECORD_BYTES
