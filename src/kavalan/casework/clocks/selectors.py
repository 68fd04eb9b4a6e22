"""Which time limits an officer sees, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q

from kavalan.casework.access.selectors import visible
from kavalan.casework.clocks.models import Clock
from kavalan.casework.clocks.rules import State, counted, limit_of
from kavalan.casework.exhibits.models import Exhibit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.authority.models import Authority
    from kavalan.law import Clock as Limit
    from kavalan.law import Due

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """A clock with what the law says of it, as that day's version says it, and where it stands."""

    clock: Clock
    limit: Limit
    due: Due
    state: State


def running(officer: Officer, now: datetime) -> list[Shown]:
    """What has to be done still, the first to be too late first; what the law wants without delay leads."""
    return _shown(_open(officer, now).order_by(F("due_at").asc(nulls_first=True), "pk")[:MOST_SHOWN], now)


def ended(officer: Officer, now: datetime) -> list[Shown]:
    """What was met, dismissed or corrected, the newest first."""
    put_aside = Q(met_at__isnull=False) | Q(dismissed_at__isnull=False) | Q(corrected_by__isnull=False)
    return _shown(_seen(officer, now).filter(put_aside).order_by("-pk")[:MOST_SHOWN], now)


def about(matter: Exhibit | Authority, now: datetime) -> list[Shown]:
    """Every time limit that hangs on it, the newest first; who sees it sees them."""
    theirs = Q(exhibit=matter) if isinstance(matter, Exhibit) else Q(authority=matter)
    return _shown(_rows().filter(theirs).order_by("-pk")[:MOST_SHOWN], now)


def clock_for(officer: Officer, public_id: UUID, now: datetime) -> Shown | None:
    """One clock, or None where there is none or it may not be seen: one answer for both."""
    found = _shown(_seen(officer, now).filter(public_id=public_id), now)
    return found[0] if found else None


def history(clock: Clock) -> list[Clock]:
    """The rows that this one corrects, the last first."""
    found: list[Clock] = []
    row = clock
    while row.corrects_id is not None:
        row = _rows().get(pk=row.corrects_id)
        found.append(row)
    return found


def _open(officer: Officer, now: datetime) -> QuerySet[Clock]:
    return _seen(officer, now).filter(met_at__isnull=True, dismissed_at__isnull=True, corrected_by__isnull=True)


def _seen(officer: Officer, now: datetime) -> QuerySet[Clock]:
    by_exhibit = Q(exhibit__isnull=False) & Q(visible(Exhibit, officer, now, "exhibit_id"))
    return _rows().filter(by_exhibit | Q(authority__unit=officer.unit_id))


def _rows() -> QuerySet[Clock]:
    return Clock.objects.select_related("exhibit", "authority", "recorded_by", "met_by", "dismissed_by", "corrected_by")


def _shown(rows: Iterable[Clock], now: datetime) -> list[Shown]:
    found = []
    for row in rows:
        limit = limit_of(row.name, row.started_at)
        due = counted(limit, row.started_at, row.met_at or now)
        found.append(Shown(row, limit, due, _state(row, due)))
    return found


def _state(row: Clock, due: Due) -> State:
    if hasattr(row, "corrected_by"):
        return State.CORRECTED
    if row.dismissed_at is not None:
        return State.DISMISSED
    if row.met_at is not None:
        return State.MET_LATE if due.overdue else State.MET
    if due.at is None:
        return State.PROMPT
    return State.OVERDUE if due.overdue else State.DUE
