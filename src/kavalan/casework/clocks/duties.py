"""The duty list: what has to be met still, by provision, in as many questions as the law has time limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kavalan.casework.clocks.selectors import FIRST_DUE, shown, still_open
from kavalan.law import packaged_law

if TYPE_CHECKING:
    from datetime import datetime

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
    if not still_open(officer, now).exists():
        return []
    found = [duty for name in packaged_law().clocks if (duty := _duty(officer, now, name)) is not None]
    return sorted(found, key=lambda duty: (not duty.late, duty.first.due.at or now))


def section_of(one: Shown) -> str:
    """The provision of a time limit without the name of its act: `s. 19(6)`."""
    return one.limit.provision.rpartition(", ")[2]


def _duty(officer: Officer, now: datetime, name: str) -> Duty | None:
    rows = still_open(officer, now).filter(name=name).order_by(*FIRST_DUE)
    ends = list(rows.values_list("due_at", flat=True)[: COUNTED + 1])
    # Asked after: what was met between the two leaves none.
    first = shown(rows[:1], now) if ends else []
    if not first:
        return None
    counted = ends[:COUNTED]
    return Duty(first[0], len(counted), sum(end is not None and end <= now for end in counted), len(ends) > COUNTED)
