"""What a message of an iPhone says of itself in `ZWAMEDIAITEM.ZMETADATA`, a protocol buffer that nobody has described.

What its fields mean was seen in test images: 17, how often it was sent on (iLEAPP, whatsApp.py, "observed"); 5, the
key of the message quoted (WhatsApp-Chat-Exporter tells quotes by it), 6, whose that is, and 19, of which field 1 is its
text (an image that is published with iLEAPP).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from kavalan.chats.whatsapp.values import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kavalan.chats.database import Value

_Field: TypeAlias = "tuple[int, int | bytes]"

_LONGEST: Final = 1 << 20
_MOST_FIELDS: Final = 1000
_LONGEST_TEXT: Final = 1 << 16
_KEY, _AUTHOR, _FORWARDS, _QUOTED, _TEXT = 5, 6, 17, 19, 1
_MOST_FORWARDS: Final = 1 << 16
"""A greater number is no count."""


class Metadata(NamedTuple):
    """What a message says of itself.

    Attributes:
        answers: key of the message quoted; empty for none.
        author: address of who wrote that.
        quoted: its text.
        forwards: how often the message itself was sent on.
    """

    answers: str = ""
    author: str = ""
    quoted: str = ""
    forwards: int = 0


def metadata_of(value: Value) -> Metadata:
    """What it says; nothing where it is no protocol buffer."""
    if not isinstance(value, bytes) or len(value) > _LONGEST:
        return Metadata()
    fields = dict(_fields(value))
    quoted = fields.get(_QUOTED)
    text = dict(_fields(quoted)).get(_TEXT) if isinstance(quoted, bytes) else None
    forwards = fields.get(_FORWARDS)
    return Metadata(
        _text(fields.get(_KEY)),
        _text(fields.get(_AUTHOR)),
        word(text, _LONGEST_TEXT) if isinstance(text, bytes) else "",
        forwards if isinstance(forwards, int) and forwards < _MOST_FORWARDS else 0,
    )


def _text(value: int | bytes | None) -> str:
    return word(value) if isinstance(value, bytes) else ""


def _fields(data: bytes) -> Iterator[_Field]:
    """Numbers and values of fields, as far as they can be read.

    Format: protobuf.dev/programming-guides/encoding.
    """
    at = 0
    for _ in range(_MOST_FIELDS):
        tag, at = _varint(data, at)
        number, wire = tag >> 3, tag & 7
        if wire == 0:
            value, at = _varint(data, at)
            if at > len(data):
                return
            yield number, value
            continue
        size = {1: 8, 5: 4}.get(wire)
        if wire == 2:
            size, at = _varint(data, at)
        if size is None or at + size > len(data):
            return
        yield number, data[at : at + size]
        at += size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number, and the place behind it; beyond the end where there is none."""
    value = 0
    for place, byte in enumerate(data[at : at + 10]):
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value, at + place + 1
    return 7, len(data) + 1
