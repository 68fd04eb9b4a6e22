"""Times as Telegram's programs write them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

_LENGTH: Final = len("2025-04-03T19:05:09")


def is_local(said: str) -> bool:
    """Whether it is a local time of the form `2025-04-03T19:05:09`.

    Raises:
        ValueError: it is of that form, and no such moment exists; or it is of no form of ISO 8601 at all.
    """
    datetime.fromisoformat(said)
    # The standard has other forms of the same length: of weeks, with an offset, with parts of a second.
    return len(said) == _LENGTH and said[7] == "-" and said[10] == "T" and said[13] == said[16] == ":"
