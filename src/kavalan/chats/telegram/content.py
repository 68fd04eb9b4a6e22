"""What a message of Telegram Desktop carries besides its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kavalan.chats.model import Kind
from kavalan.chats.telegram.texts import words_in

if TYPE_CHECKING:
    from kavalan.chats.telegram.record import Record

# An enumeration's word is looked up each time that it is asked for.
_TEXT: Final = Kind.TEXT.value
_MEDIA: Final = Kind.MEDIA.value
_POLL: Final = Kind.POLL.value
_CONTACT: Final = Kind.CONTACT.value
_LOCATION: Final = Kind.LOCATION.value
_WITHHELD: Final = Kind.WITHHELD.value


def content_of(record: Record) -> tuple[str, str, str, str]:
    """Kind, the attached file, why it is not there, and what it says where there is no text."""
    place = record.place_name or record.location_information
    if not (record.rich_message is record.poll is record.contact_information is place is None):
        for kind, told in (
            (_TEXT, record.rich_message),
            (_POLL, record.poll),
            (_CONTACT, record.contact_information),
            (_LOCATION, place),
        ):
            if told is not None:
                return kind, "", "", words_in(told)
    path = word(record.file or record.photo)
    if path.startswith("("):
        # Telegram's own words in place of a path.
        return _MEDIA, word(record.file_name), path, ""
    if path:
        return _MEDIA, inside(path), "", ""
    return (_WITHHELD if record.type == "unsupported" else _TEXT), "", "", ""


def inside(path: str) -> str:
    """A path as it lies in the export's folder; of one that leads outside, the name alone."""
    parts = path.replace("\\", "/").split("/")
    return parts[-1] if {"", ".", ".."} & set(parts) else "/".join(parts)


def number_of(value: Any) -> str:  # noqa: ANN401 whatever a file holds
    """An account's number; before version 2.7.2 it was written bare."""
    if isinstance(value, int):
        return f"user{value}"
    return value if isinstance(value, str) else ""


def word(value: Any) -> str:  # noqa: ANN401 whatever a file holds
    """A text, or what stands in its place."""
    return value if isinstance(value, str) else "" if value is None else str(value)[:1000]
