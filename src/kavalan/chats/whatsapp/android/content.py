"""What a message is: by the number of its type, and by the tables beside it that have rows for it.

The numbers are those of whapa (libs/whacodes.py) and WAInsight (models/enums.py), which agree where both have one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.chats.loose import inside
from kavalan.chats.model import LONGEST_TEXT, Kind
from kavalan.chats.whatsapp.content import Content
from kavalan.chats.whatsapp.values import LONGEST_LINE, sha256_of, whole, word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kavalan.chats.database import Database, Row, Value
    from kavalan.chats.database.rows import Unreadable

_SYSTEM: Final = 7
_VIEW_ONCE: Final = {42, 43, 82}
_KINDS: Final = {
    0: Kind.TEXT, 1: Kind.MEDIA, 2: Kind.MEDIA, 3: Kind.MEDIA, 4: Kind.CONTACT, 5: Kind.LOCATION, _SYSTEM: Kind.SYSTEM,
    9: Kind.MEDIA, 10: Kind.CALL, 11: Kind.WITHHELD, 13: Kind.MEDIA, 14: Kind.CONTACT, 15: Kind.DELETED,
    16: Kind.LOCATION, 20: Kind.MEDIA, 23: Kind.TEXT, 24: Kind.TEXT, 25: Kind.TEXT, 26: Kind.TEXT, 27: Kind.TEXT,
    28: Kind.TEXT, 32: Kind.TEXT, 36: Kind.SYSTEM, 42: Kind.MEDIA, 43: Kind.MEDIA, 45: Kind.TEXT, 46: Kind.POLL,
    49: Kind.TEXT, 55: Kind.TEXT, 62: Kind.TEXT, 64: Kind.DELETED, 66: Kind.POLL, 81: Kind.MEDIA, 82: Kind.MEDIA,
    90: Kind.CALL, 92: Kind.TEXT, 94: Kind.TEXT, 99: Kind.MEDIA, 103: Kind.TEXT, 112: Kind.SYSTEM,
}  # fmt: skip
DELETED: Final = (15, 64)
"""Types of messages that their authors, or administrators, deleted for all."""
_ALBUM: Final = 99
_MEDIA: Final = ("file_path", "media_name", "media_caption", "file_hash", "transferred", "raw_transcription_text")


def _plain(row: Sequence[Value]) -> str:
    return ", ".join(filter(None, (word(value, LONGEST_LINE) for value in row)))


def _card(row: Sequence[Value]) -> str:
    return word(row[0], LONGEST_TEXT)


def _invitation(row: Sequence[Value]) -> str:
    name, code = word(row[0]), word(row[1])
    return f"{name} https://chat.whatsapp.com/{code}".strip() if code else name


def _option(row: Sequence[Value]) -> str:
    return f"- {word(row[0], LONGEST_LINE)} ({whole(row[1])})"


def _amount(row: Sequence[Value]) -> str:
    """A payment of which the amount is in thousandths."""
    currency, thousandths, *more = row
    amount = f"{word(currency)} {whole(thousandths) / 1000:.2f}".strip() if whole(thousandths) else ""
    return ", ".join(filter(None, [amount, *(word(value, LONGEST_LINE) for value in more)]))


# The tables beside a message that say something of their own: columns, how a row reads, what a message is by it.
_BESIDE: Final[tuple[tuple[str, tuple[str, ...], Callable[[Sequence[Value]], str], Kind | None], ...]] = (
    ("message_location", ("latitude", "longitude", "place_name", "place_address", "url"), _plain, None),
    ("message_vcard", ("vcard",), _card, Kind.CONTACT),
    ("message_poll_option", ("option_name", "vote_total"), _option, Kind.POLL),
    ("message_group_invite", ("group_name", "invite_code"), _invitation, None),
    ("message_event", ("name", "description", "location_name", "location_address", "join_link"), _plain, None),
    ("message_template", ("content_text_data", "footer_text_data"), _plain, None),
    ("message_ui_elements", ("element_content",), _plain, None),
    ("message_product", ("title", "description", "url"), _plain, None),
    ("message_order", ("currency_code", "total_amount_1000", "order_title", "message"), _amount, None),
    ("message_payment", ("amount_with_symbol",), _plain, Kind.PAYMENT),
    ("message_invoice", ("amount", "note"), _plain, Kind.PAYMENT),
    ("pay_transaction", ("currency_code", "amount_1000", "id", "bank_transaction_id"), _amount, Kind.PAYMENT),
)


class Contents:
    """What messages are.

    Args:
        base: `msgstore.db`.
        tell: is told what is doubtful: why, and of which message.
    """

    def __init__(self, base: Database, tell: Unreadable) -> None:
        self._tell = tell
        self._media = base.beside("message_media", "message_row_id", _MEDIA, tell)
        self._calls = base.beside("message_call_log", "message_row_id", ("call_log_row_id",), tell)
        self._call = base.lookup("call_log", "_id", ("video_call", "duration", "call_result"), tell)
        self._quiet = range(0)
        """Numbers of messages beside which no table has rows."""
        self._beside = [
            (base.beside(table, "message_row_id", columns, tell), reads, kind)
            for table, columns, reads, kind in _BESIDE
            if base.has(table)
        ]

    def of(self, number: int, of_type: Value, written: Value, *, mine: bool) -> Content:
        """What a message is.

        Args:
            number: of its row.
            of_type: `message_type`.
            written: `text_data`.
            mine: it was sent from this telephone.
        """
        kind = _KINDS.get(of_type) if isinstance(of_type, int) else None
        text = word(written, LONGEST_TEXT + 1)
        if number not in self._quiet:
            kind, text = self._from_beside(number, kind, text)
        if kind is Kind.CALL:
            text = text or self._of_call(number)
        if kind is None:
            self._tell("a message of a type that is not known; places are numbers of rows", number)
            text = text or f"message_type {word(of_type)}"
            kind = Kind.WITHHELD
        media = self._media.first(number)
        if media is not None and kind is not Kind.DELETED:
            found = self._with_media(number, media, kind, text, mine=mine)
            once = "seen once" if of_type in _VIEW_ONCE else ""
            return found._replace(media_note=", ".join(filter(None, (once, found.media_note)))) if once else found
        if kind is Kind.TEXT and not text:
            return Content(Kind.WITHHELD, f"message_type {word(of_type)}" if of_type else "")
        return Content(kind, text, media_note="album" if of_type == _ALBUM else "")

    def _from_beside(self, number: int, kind: Kind | None, text: str) -> tuple[Kind | None, str]:
        """What the tables beside the message say."""
        for table, reads, known in self._beside:
            if rows := table.of(number):
                text = "\n".join(filter(None, [text, *(reads(row[1:]) for row in rows)]))
                kind = known or kind
        self._quiet = range(number + 1, min((table.quiet(number) for table, _, _ in self._beside), default=number))
        return kind, text

    def _with_media(self, number: int, media: Row, kind: Kind, text: str, *, mine: bool) -> Content:
        path, name, caption, digest, transferred, heard = media[1:]
        sha256 = sha256_of(digest)
        if digest and not sha256:
            self._tell("the digest of a file that is no SHA-256; places are numbers of rows", number)
        note = "" if transferred != 0 else "kept, not sent" if mine else "listed, not received"
        text = text or word(caption, LONGEST_TEXT)
        if heard and not text:
            text = f"(WhatsApp's transcription) {word(heard, LONGEST_TEXT)}"
        named = inside(word(path, LONGEST_LINE)) or word(name)
        kind = Kind.MEDIA if kind in {Kind.TEXT, Kind.WITHHELD} and (named or sha256) else kind
        return Content(kind, text, named, note, sha256)

    def _of_call(self, number: int) -> str:
        linked = self._calls.first(number)
        call = None if linked is None else self._call.of(whole(linked[1]))
        return "" if call is None else call_line(*call[1:])


def call_line(video: Value, duration: Value, result: Value) -> str:
    """How a call reads; what its result means is nowhere said for sure, so its number stands."""
    return f"{'video' if video else 'voice'} call, {whole(duration)} s, call_result {word(result)}"
