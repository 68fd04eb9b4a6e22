"""Times as Telegram's programs write them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

_LENGTH: Final = len("2025-04-03T19:05:09")
_LONGEST: Final = 11
"""Digits of a moment in seconds, for three thousand years."""


def moment_of(local: str, seconds: str) -> int:
    """A moment in milliseconds since 1970, stated in seconds beside local time.

    Raises:
        ValueError: one of them is none, or the local time is not written as Telegram Desktop does.
    """
    datetime.fromisoformat(local)
    # The standard has other forms of the same length: of weeks, with an offset, with parts of a second.
    if len(local) != _LENGTH or local[7:17:3] != "-T::" or len(seconds) > _LONGEST:
        raise ValueError(local)
    return int(seconds) * 1000
