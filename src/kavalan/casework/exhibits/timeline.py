"""The items of an exhibit by when they were modified: counted by year, month, day and hour, then listed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kavalan.casework.exhibits.models import HourTally, Item
from kavalan.casework.exhibits.rules import Seal
from kavalan.casework.exhibits.selectors import ITEMS_A_PAGE, open_items

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import QueryDict

    from kavalan.casework.exhibits.models import Exhibit

UNKNOWN = "unknown"
"""How addresses call items that state no time."""
LEVELS = ("year", "month", "day", "hour")
_WRITTEN = re.compile(r"(\d{1,4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d))?)?)?")
_AFTER = re.compile(r"(-?\d{1,18})-(\d{1,18})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a month, a day or an hour by the clock of the unit's zone; of no year: all of time."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int | None = None

    @property
    def named(self) -> dict[str, int]:
        """What of it is said, from the year on."""
        return {level: value for level in LEVELS if (value := getattr(self, level)) is not None}

    @property
    def below(self) -> str | None:
        """Into what it is divided; None for an hour."""
        said = len(self.named)
        return LEVELS[said] if said < len(LEVELS) else None

    @property
    def key(self) -> str:
        """As addresses write it."""
        marks = zip(("", "-", "-", "T"), self.named.values(), strict=False)
        return "".join(f"{mark}{value:02}" for mark, value in marks)

    @property
    def words(self) -> str:
        """In the page's language."""
        if self.year is None:
            return _("all of time")
        first = date(self.year, self.month or 1, self.day or 1)
        if self.hour is not None:
            return f"{date_format(first, 'DATE_FORMAT')}, {self.hour:02}:00–{self.hour:02}:59"
        if self.day is not None:
            return date_format(first, "DATE_FORMAT")
        return date_format(first, "YEAR_MONTH_FORMAT") if self.month is not None else str(self.year)

    @property
    def wider(self) -> list[Period]:
        """What it lies in, the widest first."""
        values = list(self.named.values())
        return [Period(*values[:count]) for count in range(len(values))]

    def within(self, value: int) -> Period:
        """One of its parts."""
        return Period(**self.named, **{str(self.below): value})

    def span(self) -> tuple[datetime, datetime]:
        """From when until, not at, when; of a day or an hour alone."""
        if self.year is None or self.month is None or self.day is None:
            raise ValueError("only a day or an hour is listed")
        begin = datetime(self.year, self.month, self.day, self.hour or 0)  # noqa: DTZ001 made aware below
        until = begin + (timedelta(days=1) if self.hour is None else timedelta(hours=1))
        return timezone.make_aware(begin), timezone.make_aware(until)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a period, and how many open items fall into it."""

    period: Period
    items: int


@dataclass(frozen=True, slots=True)
class TimelineQuery:
    """What an address asks of the timeline.

    Attributes:
        period: of which.
        unknown: instead of it, the items that state no time.
        after: microseconds since 1970 and number of the item behind which the list begins.
    """

    period: Period
    unknown: bool
    after: tuple[int, int] | None

    @classmethod
    def of(cls, asked: QueryDict) -> TimelineQuery:
        """Read it; anything that is none is passed over."""
        on, after = asked.get("on", ""), _AFTER.fullmatch(asked.get("after", ""))
        return cls(_period(on), on == UNKNOWN, (int(after[1]), int(after[2])) if after else None)

    @property
    def on(self) -> str:
        """As addresses write it."""
        return UNKNOWN if self.unknown else self.period.key


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the page says.

    Attributes:
        parts: of the period that was asked, in the order of time.
        dated: open items of which a time is known.
        items: those of the day, the hour, or without a time; empty for what is longer.
        after: where the next page begins, None on the last one.
    """

    parts: Sequence[Part]
    dated: int
    items: Sequence[Item]
    after: str | None


def timeline(exhibit: Exhibit, query: TimelineQuery) -> Timeline:
    """Count the parts of a period, and list what is listed."""
    years = _parts(exhibit, Period())
    parts: Sequence[Part] = []
    if not query.unknown and query.period.below is not None:
        parts = years if query.period.year is None else _parts(exhibit, query.period)
    found = _listed(exhibit, query)
    page = found[:ITEMS_A_PAGE]
    return Timeline(parts, sum(one.items for one in years), page, _after(page[-1]) if len(found) > len(page) else None)


def _parts(exhibit: Exhibit, period: Period) -> list[Part]:
    level = period.below
    if level is None:
        return []
    tallies = HourTally.objects.filter(exhibit=exhibit, seal=Seal.OPEN, items__gt=0, **period.named)
    counted: Mapping[int, int] = dict(tallies.values_list(level).annotate(Sum("items")).order_by(level))
    return [Part(period.within(value), items) for value, items in counted.items()]


def _listed(exhibit: Exhibit, query: TimelineQuery) -> list[Item]:
    """One more than a page; two stretches of one index, so that no row is passed over."""
    items = open_items(exhibit).select_related("content").order_by("modified", "number")
    most = ITEMS_A_PAGE + 1
    if query.unknown:
        return list(items.filter(modified__isnull=True, number__gt=query.after[1] if query.after else 0)[:most])
    if query.period.day is None:
        return []
    begin, until = query.period.span()
    if query.after is None:
        return list(items.filter(modified__gte=begin, modified__lt=until)[:most])
    at = max(begin, _EPOCH + timedelta(microseconds=min(query.after[0], 10**16)))
    found = list(items.filter(modified=at, number__gt=query.after[1])[:most])
    return found + list(items.filter(modified__gt=at, modified__lt=until)[: most - len(found)])


def _after(item: Item) -> str:
    at = 0 if item.modified is None else (item.modified - _EPOCH) // timedelta(microseconds=1)
    return f"{at}-{item.number}"


def _period(text: str) -> Period:
    found = _WRITTEN.fullmatch(text)
    period = Period(*(int(value) for value in found.groups() if value is not None)) if found else Period()
    try:
        datetime(period.year or 1, period.month or 1, period.day or 1, period.hour or 0)  # noqa: DTZ001 whether it is one
    except ValueError:
        return Period()
    # A year of nought, or a month, is one that there is not: it would be taken for one that is not said.
    return period if 0 not in list(period.named.values())[:3] else Period()
