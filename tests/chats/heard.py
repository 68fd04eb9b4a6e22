"""What a reader says about a text, gathered, without the sandbox."""

import hashlib
import io
from dataclasses import dataclass, field

import msgspec

from kavalan.chats import Batch, Reading, Request
from kavalan.chats.model import Part
from kavalan.chats.task import read


@dataclass
class Heard:
    data: bytes
    messages: list = field(default_factory=list)
    events: list = field(default_factory=list)
    named: list = field(default_factory=list)
    accounts: dict = field(default_factory=dict)
    conversations: dict = field(default_factory=dict)
    rosters: list = field(default_factory=list)
    sizes: list = field(default_factory=list)
    reading: Reading | None = None

    @property
    def said(self):
        """Who said what, the messenger's own lines under no name."""
        return [(one.sender_name, one.text) for one in self.messages]


def largest(text, form):
    """Bytes of the largest record that a reader sends."""
    data = text if isinstance(text, bytes) else text.encode()
    return max(len(msgspec.msgpack.encode(said)) for said in read(io.BytesIO(data), Request(form, "0" * 64)))


def hear(text, form="whatsapp-text", **known):
    """Read it; parts are put together as `ChatReader` does."""
    data = text if isinstance(text, bytes) else text.encode()
    request = Request(form, hashlib.sha256(data).hexdigest(), **known)
    heard, parts = Heard(data), []
    for said in read(io.BytesIO(data), request):
        match said:
            case Part():
                parts.append(said.text)
            case Batch():
                if parts and said.messages:
                    said.messages[0].text, parts = "".join(parts), []
                heard.messages += said.messages
                heard.events += said.events
                heard.named += said.named
                heard.rosters += said.rosters
                heard.sizes += said.sizes
                heard.accounts |= {one.id: one for one in said.accounts}
                heard.conversations |= {one.id: one for one in said.conversations}
            case Reading():
                heard.reading = said
    return heard
