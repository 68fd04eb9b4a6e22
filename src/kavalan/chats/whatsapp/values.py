"""Values of databases that anybody may have written: taken as what they should be, or as nothing."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Final

from kavalan.sandbox import storable

if TYPE_CHECKING:
    from kavalan.chats.database import Value

LONGEST_NAME: Final = 300
LONGEST_LINE: Final = 4000
EPOCH: Final = 978_307_200
"""Seconds from 1970 to 2001, from which an iPhone counts."""
_SECONDS: Final = 100_000_000_000
"""Below are seconds since 1970, from here on milliseconds: as milliseconds it is a day of 1973."""


def word(value: Value, most: int = LONGEST_NAME) -> str:
    """A text of bounded length that any database takes; of a number its digits, of nothing an empty one."""
    if isinstance(value, str):
        return storable(value[:most])
    if isinstance(value, bytes):
        return storable(value[:most].decode("utf-8", "surrogateescape"))
    return "" if value is None else str(value)


def whole(value: Value) -> int:
    """A whole number; 0 for anything else."""
    return value if isinstance(value, int) else 0


def milliseconds(value: Value) -> int:
    """A moment since 1970, whichever unit the program wrote it in; 0 for none."""
    moment = int(value) if isinstance(value, int | float) and abs(value) < 1e18 else 0
    return moment * 1000 if abs(moment) < _SECONDS else moment


def since_1970(value: Value) -> Value:
    """A moment that is counted in seconds from 2001, in milliseconds from 1970; None for none."""
    if not isinstance(value, int | float) or not abs(value) < _SECONDS:
        return None
    return int((value + EPOCH) * 1000)


def sha256_of(value: Value) -> str:
    """Hexadecimal digits of a SHA-256 that is written in base64; empty for anything else."""
    try:
        digest = base64.b64decode(value, validate=True) if isinstance(value, str | bytes) else b""
    except (binascii.Error, ValueError):
        return ""
    return digest.hex() if len(digest) == 32 else ""
