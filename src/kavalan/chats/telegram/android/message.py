"""Messages as Telegram's binary objects have them.

A form is not known by its number, of which every few months has a new one, but tried: it is taken where the number and
the time of the message that come out are those of the row in which it stands. Source: Telegram's scheme, layers 48 to
227; TMessagesProj/src/main/java/org/telegram/tgnet of DrKLO/Telegram.
"""

from __future__ import annotations

import struct
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.model import Kind
from kavalan.chats.telegram.android.actions import action
from kavalan.chats.telegram.android.tl import Reader, UnknownError
from kavalan.chats.telegram.told import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

_EMPTY: Final = {0x90A6CA84, 0x83E5DE54}
_SERVICE: Final = {
    0x7A800E0A, 0xD3D28540, 0x2B085862, 0x286FA604, 0x9E19A1F6, 0xC06B9607, 0x1D86F70E,
}  # fmt: skip
_FORWARDED: Final = {0x4E4DF4BB, 0x5F777DCE}
_FORWARDED_BEFORE: Final = {0xC786DDCB, 0xFADFF4AC, 0x559EBE6D, 0xEC338270, 0x353A686B}
_ANSWERED: Final = {0x1B97DD66, 0x6917560B, 0xAFBC09DB, 0x6EEBCABD}
_ANSWERED_BEFORE: Final = 0xA6D57763
_STORY: Final = {0x0E5AF939: True, 0x9C98BFC1: False}
"""Answers to stories, and whether their author is named as any peer is."""
_NESTED: Final = 1 << 7 | 1 << 8 | 1 << 12
"""Of an answer: marks in the part that is cited, media, a choice of a poll; they hold objects of many forms."""
_MEDIA: Final = {
    0x695150D7: Kind.MEDIA, 0xE216EB63: Kind.MEDIA, 0xB5223B0F: Kind.MEDIA, 0x9CB70497: Kind.MEDIA,
    0x4CF4D72D: Kind.MEDIA, 0xDD570BD5: Kind.MEDIA, 0x52D8CCD9: Kind.MEDIA, 0x7C4414D3: Kind.MEDIA,
    0x56E0D474: Kind.LOCATION, 0xB940C666: Kind.LOCATION, 0x2EC0533F: Kind.LOCATION, 0x7C3C2609: Kind.LOCATION,
    0x70322949: Kind.CONTACT, 0xCBF24940: Kind.CONTACT, 0x4BD6E798: Kind.POLL, 0x84551347: Kind.PAYMENT,
    0xF6A548D3: Kind.PAYMENT, 0x9F84F49E: Kind.WITHHELD,
    # Nothing, a preview of a page, a game, a die: the message is its text.
    0x3DED6320: Kind.TEXT, 0xA32DD600: Kind.TEXT, 0xDDF10C3B: Kind.TEXT, 0xFDB19008: Kind.TEXT, 0x3F7EE58B: Kind.TEXT,
}  # fmt: skip
_FROM, _FORWARD, _ANSWER, _VIA, _HAS_MEDIA, _EDITED, _HIDDEN = 8, 2, 3, 11, 9, 15, 21


class Row(NamedTuple):
    """A row of the table of messages.

    Attributes:
        number: of the message in its chat.
        dialog: number of the person, or of the chat or channel with a minus.
        date: in seconds since 1970.
        out: it was sent from this telephone's account.
        data: the object.
    """

    number: int
    dialog: int
    date: int
    out: bool
    data: bytes


class _Shape(NamedTuple):
    """What the beginning of a message holds: it grew by parts that flags announce."""

    flags: int
    wide: bool
    peers: bool


_SHAPES: Final = (_Shape(2, wide=True, peers=True), _Shape(1, wide=True, peers=True), _Shape(1, wide=False, peers=True),
                  _Shape(1, wide=False, peers=False))  # fmt: skip


def note(row: Row) -> tuple[Note, bool]:
    """What a row tells, and whether all that stands before its text was understood.

    Raises:
        UnknownError: it is of no form that is known.
    """
    constructor = Reader(row.data).constructor()
    if constructor in _EMPTY:
        raise UnknownError("it is empty")
    for shape in _SHAPES:
        try:
            found = _Message(row, shape).read(is_service=constructor in _SERVICE)
        except UnknownError:
            continue
        return found, True
    if constructor not in _SERVICE and (text := _behind_the_date(row)) is not None:
        made = _plain(row)
        made.text = text
        return made, False
    raise UnknownError(f"of a form that is not known (0x{constructor:08x})")


def _plain(row: Row) -> Note:
    return Note("", str(row.number), row.date * 1000)


class _Message:
    """One message, read by one shape."""

    def __init__(self, row: Row, shape: _Shape) -> None:
        self._row = row
        self._shape = shape
        self._reader = Reader(row.data, wide=shape.wide)

    def read(self, *, is_service: bool) -> Note:
        """All of it up to its text.

        Raises:
            UnknownError: it is of another shape.
        """
        row, reader = self._row, self._reader
        reader.constructor()
        flags = reader.constructor()
        further = reader.constructor() if self._shape.flags > 1 and not is_service else 0
        if reader.whole() != row.number:
            raise UnknownError("another message is named than that of the row")
        made = _plain(row)
        made.sender = self._sender(flags)
        if not is_service:
            self._passed(flags, further)
        made.chat = reader.peer()
        if flags >> 28 & 1:
            reader.peer()
        if not is_service:
            if flags >> _FORWARD & 1:
                _forwarded(made, reader)
            self._via(flags, further)
        if flags >> _ANSWER & 1:
            made.reply_to = self._answered(made.chat)
        if reader.whole() != row.date:
            raise UnknownError("another time is named than that of the row")
        if is_service:
            action(made, reader)
        else:
            self._content(made, flags)
        return made

    def _sender(self, flags: int) -> str:
        if not flags >> _FROM & 1:
            return ""
        return self._reader.peer() if self._shape.peers else f"user{self._reader.whole()}"

    def _passed(self, flags: int, further: int) -> None:
        """How often the chat was boosted, and the author's title."""
        if self._shape.flags > 1 and flags >> 29 & 1:
            self._reader.whole()
        if further >> 12 & 1:
            self._reader.text()

    def _via(self, flags: int, further: int) -> None:
        """Robots by which it was sent."""
        if flags >> _VIA & 1:
            self._reader.number()
        if further & 1:
            self._reader.long()
        if further >> 19 & 1:
            self._reader.peer()

    def _answered(self, chat: str) -> str:
        if not self._shape.peers:
            return f"{chat}/{self._reader.whole()}"
        reader = self._reader
        constructor = reader.constructor()
        if constructor in _STORY:
            _ = reader.peer() if _STORY[constructor] else reader.long()
            reader.whole()
            return ""
        flags = reader.constructor()
        if constructor == _ANSWERED_BEFORE:
            flags |= 1 << 4
        elif constructor not in _ANSWERED:
            raise UnknownError("no answer begins so")
        number = reader.whole() if flags >> 4 & 1 else 0
        where = reader.peer() if flags & 1 else chat
        if flags >> 5 & 1:
            _forwarded(Note("", ""), reader)
        if constructor != _ANSWERED_BEFORE and flags & _NESTED:
            raise UnknownError("an answer that holds further objects")
        for bit, read in ((1, reader.whole), (6, reader.text), (10, reader.whole), (11, reader.whole)):
            if flags >> bit & 1:
                read()
        return f"{where}/{number}" if number else ""

    def _content(self, made: Note, flags: int) -> None:
        made.text = self._reader.text()
        made.edited = bool(flags >> _EDITED & 1 and not flags >> _HIDDEN & 1)
        if not flags >> _HAS_MEDIA & 1:
            return
        constructor = self._reader.constructor()
        made.kind = _MEDIA.get(constructor, Kind.MEDIA)
        if made.kind is not Kind.TEXT:
            known = constructor in _MEDIA
            made.media_note = "not in the database" if known else f"not in the database (0x{constructor:08x})"


def _forwarded(made: Note, reader: Reader) -> None:
    constructor = reader.constructor()
    if constructor not in _FORWARDED | _FORWARDED_BEFORE:
        raise UnknownError("nothing that is sent on begins so")
    before = constructor in _FORWARDED_BEFORE
    flags = reader.constructor()
    first = ""
    if flags & 1:
        first = f"user{reader.whole()}" if before else reader.peer()
    name = reader.text() if flags >> 5 & 1 else ""
    reader.whole()
    if before and flags >> 1 & 1:
        first = f"channel{reader.whole()}"
    post = reader.whole() if flags >> 2 & 1 else 0
    author = reader.text() if flags >> 3 & 1 else ""
    if flags >> 4 & 1:
        reader.peer()
        reader.whole()
    for bit, read in ((8, reader.peer), (9, reader.text), (10, reader.whole)) if constructor == 0x4E4DF4BB else ():
        if flags >> bit & 1:
            read()
    if flags >> 6 & 1:
        reader.text()
    told = ", ".join(filter(None, (name, author)))
    made.forwarded_from = f"{told} ({first})" if told and first else told or first or "(not named)"
    if first.startswith("channel") and post:
        made.origin = f"{first}/{post}"


def _behind_the_date(row: Row) -> str | None:
    """The text, which stands right behind the message's own time, where that stands before one text alone."""
    found = list(_texts(row)) if row.date else []
    return found[0] if len(found) == 1 else None


def _texts(row: Row) -> Iterator[str]:
    sign = struct.pack("<I", row.date & 0xFFFFFFFF)
    at = row.data.find(sign, 12)
    while at >= 0:
        with suppress(UnknownError):
            yield Reader(row.data[at + 4 :]).text()
        at = row.data.find(sign, at + 1)
