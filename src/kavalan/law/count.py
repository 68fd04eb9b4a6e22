"""Counting a time limit. The clock and the zone come from the caller: the days of the law are days of a place."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import msgspec

from kavalan.law.errors import CountError
from kavalan.law.model import Days, Hours, Months, WithoutDelay

if TYPE_CHECKING:
    from datetime import tzinfo

    from kavalan.law.model import Clock

_NO_TIME = timedelta(0)


class Due(msgspec.Struct, frozen=True):
    """Where a clock stands.

    Attributes:
        started_at: when it began, UTC.
        now: when it was asked, UTC.
        at: from this moment on, UTC, it is too late; None where the law says "without delay" and gives no number.
    """

    started_at: datetime
    now: datetime
    at: datetime | None

    @property
    def elapsed(self) -> timedelta:
        """Time since it began."""
        return self.now - self.started_at

    @property
    def remaining(self) -> timedelta | None:
        """Time left, below zero once it is too late; None where the law gives no number."""
        return None if self.at is None else self.at - self.now

    @property
    def overdue(self) -> bool:
        """Whether it is too late. Never where the law gives no number: that is for a person to judge."""
        return self.at is not None and self.now >= self.at


def due(clock: Clock, started_at: datetime, now: datetime, zone: tzinfo, *, journey: timedelta = _NO_TIME) -> Due:
    """Where a clock stands that began at `started_at`.

    Hours are counted by the instant, days and months by the calendar of the zone: they end with the end of their last
    day there.

    Args:
        clock: in the version of the day on which it began (`Law.clock`).
        started_at: aware.
        now: aware.
        zone: of the place where it must be done, `Asia/Kolkata` for a unit in Kerala.
        journey: time on the way, for a clock that leaves it out of account.

    Raises:
        CountError: a time without a zone, a journey below zero or one that this clock counts.
    """
    for moment in (started_at, now):
        if moment.utcoffset() is None:
            message = f"{moment} says no time zone; give an aware time"
            raise CountError(message)
    began = started_at.astimezone(UTC)
    try:
        at = _end(clock, began, zone, journey)
    except OverflowError as error:
        message = f"{clock.id}: its end lies beyond the year {date.max.year}"
        raise CountError(message) from error
    return Due(began, now.astimezone(UTC), at)


def _end(clock: Clock, began: datetime, zone: tzinfo, journey: timedelta) -> datetime | None:
    length = clock.length
    excluded = isinstance(length, Hours) and length.journey == "excluded"
    if journey < _NO_TIME or (journey and not excluded):
        message = f"{clock.id}: a journey of {journey} cannot be left out of account here"
        raise CountError(message)
    match length:
        case WithoutDelay():
            return None
        case Hours():
            return began + timedelta(hours=length.number) + journey
        case Days() | Months():
            return _midnight_after(_last_day(began.astimezone(zone).date(), length), zone)


def _last_day(first: date, length: Days | Months) -> date:
    if isinstance(length, Days):
        return first + timedelta(days=length.number + (length.count == "clear"))
    years, month = divmod(first.month - 1 + length.number, 12)
    year = first.year + years
    if year > date.max.year:
        raise OverflowError
    return date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))


def _midnight_after(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, zone).astimezone(UTC)
