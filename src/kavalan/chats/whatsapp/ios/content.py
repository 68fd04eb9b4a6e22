"""What a message of an iPhone is: by the number of its type, and by its row of media.

The numbers are those of whapa (libs/whacodes.py). `ZVCARDNAME` holds base64 of 32 bytes where there is a file, and
`ZVCARDSTRING` its type: the bytes are taken for the file's SHA-256, which only the file itself can prove.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.chats.loose import inside
from kavalan.chats.model import LONGEST_TEXT, Kind
from kavalan.chats.whatsapp.content import Content
from kavalan.chats.whatsapp.ios.metadata import Metadata, metadata_of
from kavalan.chats.whatsapp.values import LONGEST_LINE, sha256_of, word

if TYPE_CHECKING:
    from kavalan.chats.database import Database, Row, Value
    from kavalan.chats.database.rows import Unreadable

_VIEW_ONCE: Final = {38, 39, 53}
_KINDS: Final = {
    0: Kind.TEXT, 1: Kind.MEDIA, 2: Kind.MEDIA, 3: Kind.MEDIA, 4: Kind.CONTACT, 5: Kind.LOCATION, 6: Kind.SYSTEM,
    7: Kind.TEXT, 8: Kind.MEDIA, 10: Kind.SYSTEM, 11: Kind.MEDIA, 14: Kind.DELETED, 15: Kind.MEDIA, 28: Kind.SYSTEM,
    38: Kind.MEDIA, 39: Kind.MEDIA, 46: Kind.POLL, 53: Kind.MEDIA, 54: Kind.MEDIA, 55: Kind.SYSTEM, 58: Kind.TEXT,
    59: Kind.CALL, 62: Kind.SYSTEM, 63: Kind.TEXT, 66: Kind.MEDIA, 68: Kind.TEXT, 73: Kind.SYSTEM,
}  # fmt: skip
_MEDIA: Final = (
    "ZMEDIALOCALPATH", "ZTITLE", "ZVCARDNAME", "ZVCARDSTRING", "ZLATITUDE", "ZLONGITUDE", "ZMEDIAURL", "ZMETADATA",
)  # fmt: skip


class Contents:
    """What messages are.

    Args:
        base: `ChatStorage.sqlite`.
        tell: is told what is doubtful: why, and of which message.
    """

    def __init__(self, base: Database, tell: Unreadable) -> None:
        self._tell = tell
        self._media = base.beside("ZWAMEDIAITEM", "ZMESSAGE", _MEDIA, tell)

    def of(self, number: int, of_type: Value, written: Value) -> tuple[Content, Metadata]:
        """What a message is, and what it says of itself.

        Args:
            number: of its row.
            of_type: `ZMESSAGETYPE`.
            written: `ZTEXT`.
        """
        kind = _KINDS.get(of_type or 0) if isinstance(of_type, int | None) else None
        text = word(written, LONGEST_TEXT + 1)
        if kind is None:
            self._tell("a message of a type that is not known; places are numbers of rows", number)
            kind, text = Kind.WITHHELD, text or f"ZMESSAGETYPE {word(of_type)}"
        row = self._media.first(number)
        found = Content(kind, text) if row is None else self._with_media(number, row[1:], kind, text)
        if found.kind is Kind.TEXT and not found.text:
            found = Content(Kind.WITHHELD, f"ZMESSAGETYPE {word(of_type)}" if of_type else "")
        if of_type in _VIEW_ONCE:
            found = found._replace(media_note=", ".join(filter(None, ("seen once", found.media_note))))
        return found, Metadata() if row is None else metadata_of(row[-1])

    def _with_media(self, number: int, row: Row, kind: Kind, text: str) -> Content:
        path, title, name, card, latitude, longitude, address, _ = row
        if kind is Kind.CONTACT:
            return Content(kind, "\n".join(filter(None, (text, word(card, LONGEST_TEXT) or word(name, LONGEST_LINE)))))
        if kind is Kind.LOCATION:
            place = ", ".join(filter(None, map(word, (latitude, longitude, title))))
            return Content(kind, "\n".join(filter(None, (text, place))))
        if kind is not Kind.MEDIA:
            return Content(kind, text)
        digest = sha256_of(name)
        if name and not digest:
            self._tell("the digest of a file that is no SHA-256; places are numbers of rows", number)
        named = inside(word(path, LONGEST_LINE))
        note = "" if named or not (digest or address) else "listed, no file on the telephone"
        return Content(kind, text or word(title, LONGEST_TEXT), named, note, digest)
