"""Times as the tables of providers and banks write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.clock import moment
from kavalan.chats.model import Certainty
from kavalan.identifiers import ascii_digits

if TYPE_CHECKING:
    from datetime import tzinfo

    from kavalan.chats.request import Order

_DATE: Final = re.compile(r"(\d{1,4})[\s/.\-]{1,3}(\d{1,2}|[A-Za-z]{3,9})[\s/.,\-]{1,3}(\d{1,4})(?:[T,\s]+(.*))?")
_PACKED_DATE: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T\s]+(.*))?")
_TIME: Final = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[.,]\d{1,9})?\s*([ap])?\.?\s?m?\.?", re.IGNORECASE)
_PACKED_TIME: Final = re.compile(r"(\d{2})(\d{2})(\d{2})()")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CENTURY: Final = 2000
"""Of a year with two digits: no such table is older."""
_LONGEST: Final = 60
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Time(NamedTuple):
    """When, as `Message` says it."""

    local: str
    utc: int | None
    certainty: str


UNKNOWN: Final = Time("", None, Certainty.UNKNOWN.value)


def time_of(date: str, time: str, order: Order, zone: tzinfo | None) -> Time:
    """A time of a table whose columns are known to be in one order and one zone.

    A date without a time is a day: it has no moment, whatever the zone.

    Args:
        date: the cell with the date, or with date and time.
        time: the cell with the time; empty where it stands with the date.
        order: of numbers in a date.
        zone: of times that name none; None where nobody knows it.
    """
    said = ascii_digits(" ".join(f"{date.strip()[:_LONGEST]} {time.strip()[:_LONGEST]}".split()))
    exact = _stated(said)
    if exact is not None:
        return Time(*moment((exact - _EPOCH) // timedelta(milliseconds=1), zone))
    found = _DATE.fullmatch(said)
    packed = _PACKED_DATE.fullmatch(said) if found is None else None
    if packed is not None:
        found, order = packed, "ymd"
    if found is None:
        return UNKNOWN
    clock = _clock(found[4] or "")
    day = _day(found[1], found[2], found[3], order)
    if day is None or clock is None:
        return UNKNOWN
    local = day + clock
    said_local = local.isoformat(timespec="seconds")
    if zone is None or not found[4]:
        return Time(said_local, None, Certainty.LOCAL.value)
    utc = (local.replace(tzinfo=zone) - _EPOCH) // timedelta(milliseconds=1)
    return Time(said_local, utc, Certainty.ZONE_GIVEN.value)


def _stated(said: str) -> datetime | None:
    """A time that names its offset."""
    try:
        read = datetime.fromisoformat(said)
    except ValueError:
        return None
    return read if read.utcoffset() is not None else None


def _day(first: str, second: str, third: str, order: Order) -> datetime | None:
    parts = dict(zip("ymd" if len(first) > 2 else order, (first, second, third), strict=True))
    if second.isalpha():
        # A month by its name leaves only the year, which stands first or last.
        parts = dict(zip("ymd" if len(first) > 2 else "dmy", (first, second, third), strict=True))
        if second[:3].lower() not in _MONTHS:
            return None
        parts["m"] = str(_MONTHS.index(second[:3].lower()) + 1)
    year = int(parts["y"]) + (_CENTURY if len(parts["y"]) <= 2 else 0)
    try:
        return datetime(year, int(parts["m"]), int(parts["d"]))  # noqa: DTZ001 local time, whose zone is told apart
    except ValueError:
        return None


def _clock(said: str) -> timedelta | None:
    """Since midnight; of nothing, none has passed."""
    if not said.strip():
        return timedelta()
    found = _TIME.fullmatch(said.strip()) or _PACKED_TIME.fullmatch(said.strip())
    if found is None:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if half := (found[4] or "").lower():
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return timedelta(hours=hour, minutes=minute, seconds=second) if hour < 24 and minute < 60 and second < 60 else None
