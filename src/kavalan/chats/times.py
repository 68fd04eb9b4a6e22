"""Times that a source states, in the zone that the examiner names; the first and the last of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from kavalan.chats.clock import NO_ZONE, moment, zone_named
from kavalan.chats.model import Certainty

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)

Time = tuple[str, int | None, str]
"""`time_local`, `time_utc` and `time_certainty` of a message."""

UNTOLD: Final[Time] = ("", None, Certainty.UNKNOWN.value)


class Times:
    """Reads times.

    Args:
        zone: IANA name of the zone of local times; empty for UTC.

    Attributes:
        first: earliest local time; empty where none is known.
        last: latest.

    Raises:
        ChatError: there is no such zone.
    """

    def __init__(self, zone: str) -> None:
        self.first = self.last = ""
        self._zone = zone_named(zone)
        self._exact = False

    def at(self, milliseconds: int) -> Time:
        """Of a moment since 1970."""
        told = moment(milliseconds, self._zone)
        self._exact |= told[1] is not None
        return self._seen(told)

    def of(self, stated: datetime) -> Time:
        """Of a time with its offset; without one it is local, of nobody knows which place."""
        if stated.tzinfo is None:
            return self._seen((stated.isoformat(timespec="seconds"), None, Certainty.LOCAL.value))
        return self.at((stated - _EPOCH) // _MILLISECOND)

    def warnings(self) -> list[str]:
        """What a person should know of the local times."""
        return [NO_ZONE] if self._exact and self._zone is None else []

    def _seen(self, told: Time) -> Time:
        if local := told[0]:
            self.first = min(self.first or local, local)
            self.last = max(self.last, local)
        return told
