"""People and chats as Telegram's binary objects have them.

Their forms changed with nearly every layer, their beginnings hardly: a form is taken for the one whose number is that
of the row in which the object stands. Source: Telegram's scheme, layers 48 to 227.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.telegram.android.members import members
from kavalan.chats.telegram.android.tl import Reader, UnknownError
from kavalan.chats.telegram.told import Group, Person

if TYPE_CHECKING:
    from kavalan.chats.telegram.told import Member

_BASIC: Final = {0x41CBF256, 0x3BDA1BDE, 0xD91CDD54, 0x6E9C9BC7}
_FORBIDDEN: Final = {0x6592A1A7: True, 0x07328BDB: False}
"""Basic groups of which one is no longer a member, and whether their numbers are wide."""
_CHANNEL_FORBIDDEN: Final = {0x17D493D5, 0x289DA732, 0x8537784F}
_SELF: Final = 10
_BROADCAST: Final = 5
_COUNTS: Final = ((0, ("participants_count",)), (1, ("admins_count",)), (2, ("kicked_count", "banned_count")),
                  (13, ("online_count",)))  # fmt: skip
_WHAT: Final = {
    "participants_count": "members", "admins_count": "admins", "kicked_count": "removed", "banned_count": "banned",
    "online_count": "online",
}  # fmt: skip
_SHAPES: Final = ((2, True), (1, True), (1, False))
"""How many flags come first, and whether numbers are wide: the newest first."""


class User(NamedTuple):
    """Somebody.

    Attributes:
        person: who.
        is_self: whose telephone it is.
    """

    person: Person
    is_self: bool


def user(data: bytes, number: int) -> User:
    """What an object tells of somebody.

    Args:
        data: of the object.
        number: of the row in which it stands.

    Raises:
        UnknownError: it is of no form that is known.
    """
    reader, flags = _opened(data, number)
    if flags & 1:
        reader.long()
    words = [reader.text() if flags >> bit & 1 else "" for bit in (1, 2, 3, 4)]
    first, last, handle, phone = words
    name = " ".join(filter(None, (first, last)))
    told = Person(f"user{number}", name, handle, f"+{phone.lstrip('+')}" if phone else "")
    return User(told, bool(flags >> _SELF & 1))


def group(data: bytes, number: int) -> Group:
    """What an object tells of a chat.

    Args:
        data: of the object.
        number: of the row in which it stands.

    Raises:
        UnknownError: it is of no form that is known.
    """
    constructor = Reader(data).constructor()
    if constructor in _FORBIDDEN:
        reader = Reader(data, wide=_FORBIDDEN[constructor])
        reader.constructor()
        if reader.number() != number:
            raise UnknownError("another chat is named than that of the row")
        return Group(f"chat{number}", reader.text(), "group")
    reader, flags = _opened(data, number)
    if constructor in _BASIC:
        return Group(f"chat{number}", reader.text(), "group")
    if constructor in _CHANNEL_FORBIDDEN or flags >> 13 & 1:
        reader.long()
    title = reader.text()
    handle = reader.text() if flags >> 6 & 1 else ""
    return Group(f"channel{number}", title, "channel" if flags >> _BROADCAST & 1 else "group", handle)


def in_full(data: bytes, number: int, *, is_channel: bool) -> tuple[list[tuple[str, int, str]], list[Member]]:
    """How many a chat has, with where that stands; of a basic group, its members.

    Args:
        data: of an object that tells of the chat in full.
        number: of the chat.
        is_channel: it is a channel or a supergroup.

    Raises:
        UnknownError: it is of no form that is known.
    """
    reader, flags = _opened(data, number)
    reader.text()
    if not is_channel:
        return [], list(members(reader, data))
    found: list[tuple[str, int, str]] = []
    for bit, names in _COUNTS:
        if flags >> bit & 1:
            found += [(_WHAT[name], reader.whole(), f"chat_settings_v2, channelFull.{name}") for name in names]
    return found, []


def _opened(data: bytes, number: int) -> tuple[Reader, int]:
    """A reader that stands behind the number, and the flags before it."""
    for count, wide in _SHAPES:
        reader = Reader(data, wide=wide)
        try:
            reader.constructor()
            flags = reader.constructor()
            if count > 1:
                reader.constructor()
            if reader.number() == number:
                return reader, flags
        except UnknownError:
            continue
    raise UnknownError("nobody of the row's number is named in it")
