"""What a message of Telegram Desktop carries besides its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kavalan.chats.model import Kind
from kavalan.chats.telegram.texts import words_in

if TYPE_CHECKING:
    from kavalan.chats.telegram.record import Record


def content_of(record: Record) -> tuple[Kind, str, str, str]:
    """Kind, the attached file, why it is not there, and what it says where there is no text."""
    for kind, told in (
        (Kind.TEXT, record.rich_message),
        (Kind.POLL, record.poll),
        (Kind.CONTACT, record.contact_information),
        (Kind.LOCATION, record.place_name or record.location_information),
    ):
        if told is not None:
            return kind, "", "", words_in(told)
    path = word(record.file or record.photo)
    if path.startswith("("):
        # Telegram's own words in place of a path.
        return Kind.MEDIA, word(record.file_name), path, ""
    if path:
        return Kind.MEDIA, inside(path), "", ""
    return (Kind.WITHHELD if record.type == "unsupported" else Kind.TEXT), "", "", ""


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
