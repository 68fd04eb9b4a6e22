"""Rows of lists of members as Telegram's binary objects have them.

Source: Telegram's scheme (core.telegram.org/schema), layers 48 to 227.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.telegram.android.tl import Reader, UnknownError
from kavalan.chats.telegram.told import Member

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_GRANTED: Final = {"rights": {0x5FB224D5, 0x5D7CEBA5}, "restrictions": {0x9F120418, 0x58CF4249}}
_RIGHT_NAMES: Final = {
    0: "change_info", 1: "post_messages", 2: "edit_messages", 3: "delete_messages", 4: "ban_users", 5: "invite_users",
    7: "pin_messages", 9: "add_admins", 10: "anonymous", 11: "manage_call", 12: "other", 13: "manage_topics",
    14: "post_stories", 15: "edit_stories", 16: "delete_stories", 17: "manage_direct_messages", 18: "manage_ranks",
}  # fmt: skip
_CANNOT_VIEW: Final = 1


class _Form(NamedTuple):
    """How a row is written: fields in their order, each `name` or `name:bit` of the flags that it needs."""

    name: str
    role: str
    fields: str
    wide: bool = True


# Whose number is meant by `user` is as wide as the form says.
_FORMS: Final = {
    0xC00C07C0: _Form("channelParticipant", "member", "user date"),
    0xCB397619: _Form("channelParticipant", "member", "flags user date until:0"),
    0x1BD54456: _Form("channelParticipant", "member", "flags user date until:0 rank:2"),
    0x15EBAC1D: _Form("channelParticipant", "member", "user date", wide=False),
    0x28A8BC67: _Form("channelParticipantSelf", "member", "user inviter date"),
    0x35A8BFA7: _Form("channelParticipantSelf", "member", "flags user inviter date"),
    0x4F607BEF: _Form("channelParticipantSelf", "member", "flags user inviter date until:1"),
    0xA9478A1A: _Form("channelParticipantSelf", "member", "flags user inviter date until:1 rank:2"),
    0xA3289A6D: _Form("channelParticipantSelf", "member", "user inviter date", wide=False),
    0x2FE601D3: _Form("channelParticipantCreator", "creator", "flags user rights rank:0"),
    0x447DCA4B: _Form("channelParticipantCreator", "creator", "flags user rights rank:0", wide=False),
    0x808D15A4: _Form("channelParticipantCreator", "creator", "flags user rank:0", wide=False),
    0xE3E2E1F9: _Form("channelParticipantCreator", "creator", "user", wide=False),
    0x34C3BB53: _Form("channelParticipantAdmin", "admin", "flags user inviter:1 promoter date rights rank:2"),
    0xCCBEBBAF: _Form(
        "channelParticipantAdmin", "admin", "flags user inviter:1 promoter date rights rank:2", wide=False
    ),
    0x5DAA6E23: _Form("channelParticipantAdmin", "admin", "flags user inviter:1 promoter date rights", wide=False),
    0xA82FA898: _Form("channelParticipantAdmin", "admin", "flags user inviter promoter date rights", wide=False),
    0x6DF8014E: _Form("channelParticipantBanned", "gone", "flags peer kicker date restrictions"),
    0xD5F0AD91: _Form("channelParticipantBanned", "gone", "flags peer kicker date restrictions rank:2"),
    0x1C0FACAF: _Form("channelParticipantBanned", "gone", "flags user kicker date restrictions", wide=False),
    0x222C1886: _Form("channelParticipantBanned", "gone", "flags user kicker date restrictions", wide=False),
    0xC02D4007: _Form("chatParticipant", "member", "user inviter date"),
    0x38E79FDE: _Form("chatParticipant", "member", "flags user inviter date rank:0"),
    0xC8D7493E: _Form("chatParticipant", "member", "user inviter date", wide=False),
    0xE46BCEE4: _Form("chatParticipantCreator", "creator", "user"),
    0xE1F867B8: _Form("chatParticipantCreator", "creator", "flags user rank:0"),
    0xDA13538A: _Form("chatParticipantCreator", "creator", "user", wide=False),
    0xA0933F5B: _Form("chatParticipantAdmin", "admin", "user inviter date"),
    0x0360D5D2: _Form("chatParticipantAdmin", "admin", "flags user inviter date rank:0"),
    0xE2D6E436: _Form("chatParticipantAdmin", "admin", "user inviter date", wide=False),
}
_LISTS: Final = {0x3CBC93F8: True, 0x3F460FED: False}
"""Lists of a basic group, and whether their numbers are wide."""


def member(data: bytes) -> Member:
    """A row.

    Raises:
        UnknownError: it is of no form that is known.
    """
    return _member(Reader(data), data)


def members(reader: Reader, data: bytes) -> Iterator[Member]:
    """The rows of a basic group's list, where a reader stands at one; none where it holds none.

    Raises:
        UnknownError: it is of no form that is known.
    """
    wide = _LISTS.get(reader.constructor())
    if wide is None:
        return
    reader.long() if wide else reader.whole()
    for _ in range(reader.count()):
        yield _member(reader, data)


def _member(reader: Reader, data: bytes) -> Member:
    form = _FORMS.get(reader.constructor())
    if form is None:
        raise UnknownError("no row of a list of members begins so")
    inner = Reader(data, wide=form.wide)
    inner.at = reader.at
    held = _fields(inner, form.fields)
    reader.at = inner.at
    return _told(form, held)


def _fields(reader: Reader, fields: str) -> dict[str, int | str]:
    held: dict[str, int | str] = {"flags": 0}
    for field in fields.split():
        name, _, bit = field.partition(":")
        if not bit or int(held["flags"]) >> int(bit) & 1:
            held[name] = _field(reader, name)
    return held


def _field(reader: Reader, name: str) -> int | str:
    if name in {"rights", "restrictions"}:
        return _granted(reader, name)
    reads: dict[str, Callable[[], int | str]] = {
        "flags": reader.constructor, "date": reader.whole, "until": reader.whole, "rank": reader.text,
        "peer": reader.peer,
    }  # fmt: skip
    return reads.get(name, reader.number)()


def _granted(reader: Reader, name: str) -> int:
    """Rights as flags; restrictions have their end behind."""
    if reader.constructor() not in _GRANTED[name]:
        raise UnknownError("no rights begin so")
    flags = reader.constructor()
    if name == "restrictions":
        reader.whole()
    return flags


def _told(form: _Form, held: dict[str, int | str]) -> Member:
    who = str(held["peer"]) if "peer" in held else f"user{held['user']}"
    rank = f', rank "{held["rank"]}"' if held.get("rank") else ""
    rights = " ".join(name for bit, name in _RIGHT_NAMES.items() if int(held.get("rights", 0)) >> bit & 1)
    source = f"{form.name}{rank}{f', rights {rights}' if rights else ''}"
    date = int(held.get("date", 0)) or None
    by, promoted = (f"user{held[name]}" if held.get(name) else "" for name in ("inviter", "promoter"))
    if form.role == "gone":
        # Who may not even see the chat was removed; who may not write is still there.
        gone = date if int(held["restrictions"]) & _CANNOT_VIEW or int(held["flags"]) & 1 else None
        return Member(who, "member", source, None, gone, f"user{held['kicker']}" if gone else "")
    return Member(who, form.role, source, date, None, by, promoted)
