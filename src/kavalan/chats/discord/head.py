"""What stands around the messages of a channel: which it is, and what was exported of it."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

from kavalan.chats.loose import row, short
from kavalan.chats.telegram.mending import mended

if TYPE_CHECKING:
    from typing import BinaryIO

_LONGEST: Final = 1 << 20
_TAIL: Final = 1 << 12
# Within a string these quotes would be escaped, so nobody's text can be taken for it.
_MESSAGES: Final = re.compile(rb'"messages"\s*:\s*\[')
_COUNT: Final = re.compile(rb'"messageCount"\s*:\s*(\d{1,18})\s*}\s*$')
_KINDS: Final = {"DirectTextChat": "direct", "DirectGroupTextChat": "group"}


class Head(NamedTuple):
    """A channel.

    Attributes:
        id: its number; empty where the file does not say it.
        kind: `direct`, `group`, or Discord's own word.
        title: its name, in a server behind those of the server and the category.
        note: the server's number, and the channel's topic.
        after: messages before that time were not exported; empty for all.
        before: nor those after that time.
        stated: how many messages there are, as the file says at its end; None where it does not.
    """

    id: str
    kind: str
    title: str
    note: str
    after: str
    before: str
    stated: int | None

    @property
    def is_server(self) -> bool:
        """It is a channel of a server, where members have roles."""
        return self.kind not in _KINDS.values()


def head_of(source: BinaryIO) -> Head:
    """What is said before and behind the messages."""
    told = _before_messages(source)
    guild, channel, dates = (row(told.get(name)) for name in ("guild", "channel", "dateRange"))
    kind = short(channel.get("type"))
    kind = _KINDS.get(kind, kind)
    parts = [short(channel.get("name"))]
    notes = [f"topic: {short(channel['topic'])}"] if channel.get("topic") else []
    if kind not in _KINDS.values():
        parts = [short(guild.get("name")), short(channel.get("category")), *parts]
        notes.insert(0, f"of the server {short(guild.get('id'))}")
    return Head(
        short(channel.get("id")),
        kind,
        " / ".join(filter(None, parts)),
        "; ".join(notes),
        short(dates.get("after")),
        short(dates.get("before")),
        _count(source),
    )


def _before_messages(source: BinaryIO) -> dict[str, Any]:
    source.seek(0)
    data = source.read(_LONGEST)
    found = _MESSAGES.search(data)
    if found is None:
        return {}
    with suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return row(msgspec.json.decode(mended(data[: found.end()].removeprefix(b"\xef\xbb\xbf")) + b"]}"))
    return {}


def _count(source: BinaryIO) -> int | None:
    size = source.seek(0, 2)
    source.seek(max(0, size - _TAIL))
    found = _COUNT.search(source.read(_TAIL))
    return int(found[1]) if found else None
