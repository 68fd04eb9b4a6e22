"""Texts whose bytes of UTF-8 were written as if each were a letter of Latin-1, put right."""

from __future__ import annotations

from typing import Final

_LAST_OF_LATIN: Final = 0xFF
_BACK: Final = {0xDC00 + byte: chr(byte) for byte in range(0x80, 0x100)}


def put_right(text: str) -> tuple[str, bool]:
    """The text as it was meant, and whether a part of it could not be.

    What holds letters beyond Latin-1, or none of its upper half, was not written so and stays as it is; and so does a
    text of Latin-1 none of which is UTF-8, such as `café`.
    """
    if text.isascii() or ord(max(text)) > _LAST_OF_LATIN:
        return text, False
    data = text.encode("latin-1")
    try:
        return data.decode(), False
    except UnicodeDecodeError:
        meant = data.decode(errors="surrogateescape").translate(_BACK)
        return meant, meant != text
