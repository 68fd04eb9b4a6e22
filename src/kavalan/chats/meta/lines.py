"""What Messenger itself writes into a conversation, in the name of who did it.

Older downloads mark who came and went by a type of their own (`Subscribe`, `Unsubscribe`). Newer ones have nothing but
the line, which anybody may type; its wording is from memory of such downloads and nowhere specified (M), so it is kept
as what it reads like, flagged, and makes nobody a member.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from kavalan.chats.model import Act

_AND: Final = re.compile(r",? and |, ")
_DOTS: Final = "."


class Line(NamedTuple):
    """What a line says.

    Attributes:
        act: what was done.
        targets: to whom, as named.
        value: the new name.
    """

    act: Act
    targets: tuple[str, ...] = ()
    value: str = ""


_LINES: Final = (
    (re.compile(r"added (.{1,500}) to the group"), Act.ADDED),
    (re.compile(r"removed (.{1,500}) from the group"), Act.REMOVED),
    (re.compile(r"left the group"), Act.LEFT),
    (re.compile(r"joined the group(?: .{0,100})?"), Act.JOINED),
    (re.compile(r"created the group"), Act.CREATED),
    (re.compile(r"named the group (.{1,500})"), Act.RENAMED),
    (re.compile(r"changed the group photo"), Act.PICTURED),
    (re.compile(r"added (.{1,500}) as a group admin"), Act.PROMOTED),
    (re.compile(r"removed (.{1,500}) as a group admin"), Act.DEMOTED),
)


def line_of(text: str, sender: str) -> Line | None:
    """What a text says, where it begins as Messenger's lines do: with the name of who did it, or `You`."""
    name = next((one for one in (sender, "You") if one and text.startswith(f"{one} ")), None)
    if name is None or "\n" in text:
        return None
    rest = text[len(name) + 1 :].removesuffix(_DOTS)
    for pattern, act in _LINES:
        if (found := pattern.fullmatch(rest)) is None:
            continue
        said = found[1] if pattern.groups else ""
        if act is Act.RENAMED:
            return Line(act, (), said)
        return Line(act, tuple(filter(None, _AND.split(said))) if said else ())
    return None
