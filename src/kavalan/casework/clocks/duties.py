"""The duty list: what has to be met still, by provision, in two questions to the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Q, Subquery

from kavalan.casework.clocks.models import Clock
from kavalan.casework.clocks.selectors import FIRST_DUE, shown, still_open
from kavalan.law import packaged_law

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.clocks.selectors import Shown

COUNTED: Final = 1000
"""Of one provision no more are counted: a duty list is read by people."""


@dataclass(frozen=True, slots=True)
class Duty:
    """What is to be met of one provision.

    Attributes:
        first: the one that is too late first.
        count: how many, `COUNTED` at most.
        late: how many of these are too late.
        more: whether there are more than were counted.
    """

    first: Shown
    count: int
    late: int
    more: bool

    @property
    def section(self) -> str:
        """The provision by its number alone: what may stand on a wall, and in a calendar."""
        return section_of(self.first)


def duty_list(officer: Officer, now: datetime) -> list[Duty]:
    """Everything that the officer sees and that has to be met, by provision, the most pressing first.

    Nothing is counted past `COUNTED`: a year of reports leaves more time limits than a page has time for.
    """
    names = list(packaged_law().clocks)
    arms = [_counted(officer, now, name) for name in names]
    counts = {first: (count, late) for first, count, late in arms[0].union(*arms[1:], all=True)}
    firsts = shown(still_open(officer, now).filter(pk__in=counts), now) if counts else []
    # What was met between the two statements leaves none.
    found = [_duty(first, *counts[first.clock.pk]) for first in firsts]
    return sorted(found, key=lambda duty: (not duty.late, duty.first.due.at or now, names.index(duty.first.clock.name)))


def section_of(one: Shown) -> str:
    """The provision of a time limit without the name of its act: `s. 19(6)`."""
    return one.limit.provision.rpartition(", ")[2]


def _counted(officer: Officer, now: datetime, name: str) -> QuerySet[Clock, tuple[int, int, int]]:
    """Of one name the number of the clock that is due first, how many run, how many of these are too late."""
    rows = still_open(officer, now).filter(name=name).order_by(*FIRST_DUE).values("pk")
    # SQLite cuts no part of a union: each is bounded by a condition.
    bounded = Clock.objects.filter(pk__in=rows[: COUNTED + 1]).order_by().values("name")
    late = Count("pk", filter=Q(due_at__lte=now))
    return bounded.annotate(first=Subquery(rows[:1]), count=Count("pk"), late=late).values_list(
        "first", "count", "late"
    )


def _duty(first: Shown, count: int, late: int) -> Duty:
    return Duty(first, min(count, COUNTED), min(late, COUNTED), count > COUNTED)
