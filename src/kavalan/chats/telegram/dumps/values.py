"""Values of dumps: numbers, times, and places in texts as Telegram counts them."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from kavalan.chats.loose import rows, word
from kavalan.chats.telegram.texts import Link

if TYPE_CHECKING:
    from collections.abc import Callable

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_LARGEST: Final = 1 << 62
_BEYOND: Final = 0x10000
"""From here on a character counts as two."""


def number(value: Any) -> int:  # noqa: ANN401 whatever a file holds
    """A whole number, of which some programs write the digits as a text; 0 for anything else."""
    if isinstance(value, str) and len(value) <= len(str(_LARGEST)) and value.removeprefix("-").isdecimal():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _LARGEST else 0


def moment_of(value: Any) -> int | None:  # noqa: ANN401 whatever a file holds
    """Milliseconds since 1970 of seconds, or of ISO 8601, in which a time without an offset is of UTC."""
    if seconds := number(value):
        return seconds * 1000
    try:
        at = datetime.fromisoformat(value)
    except (ValueError, TypeError):
        return None
    return ((at if at.tzinfo is not None else at.replace(tzinfo=UTC)) - _EPOCH) // _MILLISECOND


def seconds_of(value: Any) -> int | None:  # noqa: ANN401 whatever a file holds
    """Seconds since 1970; None for no time, for which some programs write 0."""
    found = moment_of(value)
    return found // 1000 if found else None


def native(kind: str, value: Any) -> str:  # noqa: ANN401 whatever a file holds
    """A number with what it is of, as Telegram Desktop writes it: `user5`. Empty for none."""
    found = number(value)
    return f"{kind}{found}" if found else ""


def links_in(text: str, entities: Any, address: Callable[[dict[str, Any]], str]) -> list[Link]:  # noqa: ANN401
    """The pieces of a text that lead elsewhere than they read.

    Args:
        text: the whole.
        entities: with `offset` and `length` in units of UTF-16.
        address: where one leads; empty for nowhere else.
    """
    found = [(number(one.get("offset")), number(one.get("length")), href) for one in rows(entities)
             if (href := address(one))]  # fmt: skip
    if not found:
        return []
    place = _places(text)
    return [Link(place(start), place(start + length), href) for start, length, href in found]


def url_of(entity: dict[str, Any]) -> str:
    """The address of an entity that has one."""
    return word(entity.get("url"))


def _places(text: str) -> Callable[[int], int]:
    """From units of UTF-16 to characters."""
    wide = (place for place, sign in enumerate(text) if ord(sign) >= _BEYOND)
    units = [place + count for count, place in enumerate(wide)]
    return lambda unit: max(0, min(unit - bisect_left(units, unit), len(text)))
