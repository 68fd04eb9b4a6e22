"""Zones that an examiner names, and exact moments in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kavalan.chats.errors import ChatError
from kavalan.chats.model import Certainty

if TYPE_CHECKING:
    from datetime import tzinfo

NO_ZONE: Final = "no zone was named, so that local times are those of UTC"
"""What a reading says where a source has moments alone."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST: Final = -62_135_596_800_000 + 86_400_000
_LAST: Final = 253_402_300_799_999 - 86_400_000
"""Years 1 to 9999, a day away from their ends, in milliseconds since 1970."""


def zone_named(name: str) -> ZoneInfo | None:
    """A zone; None for no name.

    Raises:
        ChatError: there is no such zone.
    """
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = f"{name}: there is no such time zone; name one as Asia/Kolkata"
        raise ChatError(message) from error


def moment(milliseconds: int, zone: tzinfo | None) -> tuple[str, int | None, str]:
    """`time_local`, `time_utc` and `time_certainty` of a moment that the source states.

    Args:
        milliseconds: since 1970 in UTC. What no calendar has, as damaged numbers do, is an unknown time.
        zone: of local time; None for UTC, and then the reading should say `NO_ZONE`.
    """
    if not _FIRST <= milliseconds <= _LAST:
        return "", None, Certainty.UNKNOWN.value
    at = (_EPOCH + timedelta(milliseconds=milliseconds)).astimezone(zone or UTC)
    return at.isoformat(timespec="seconds")[:19], milliseconds, Certainty.EXACT.value
