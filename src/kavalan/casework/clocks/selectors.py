"""Which time limits an officer sees, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q

from kavalan.casework.access.selectors import visible
from kavalan.casework.clocks.models import Clock
from kavalan.casework.clocks.rules import State, counted, limit_of
from kavalan.casework.clocks.workers import hung_on
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.intake.models import Report
from kavalan.casework.routing.models import Transfer
from kavalan.casework.routing.rules import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.clocks.models import Matter
    from kavalan.law import Clock as Limit
    from kavalan.law import Due

MOST_SHOWN = 200
_A_PAGE = 50
FIRST_DUE = (F("due_at").asc(nulls_first=True), "pk")
"""What the law wants without delay leads, then what is too late first."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A clock with what the law says of it, as that day's version says it, and where it stands."""

    clock: Clock
    limit: Limit
    due: Due
    state: State


@dataclass(frozen=True, slots=True)
class Page:
    """Some of them.

    Attributes:
        rows: in order.
        after: public id of the last, where more follow.
    """

    rows: Sequence[Shown]
    after: UUID | None


def running(officer: Officer, now: datetime, most: int = MOST_SHOWN) -> list[Shown]:
    """What has to be done still, the first to be too late first; what the law wants without delay leads."""
    return shown(still_open(officer, now).order_by(*FIRST_DUE)[:most], now)


def running_page(officer: Officer, now: datetime, name: str, *, late: bool, after: UUID | None) -> Page:
    """A page of those of one name that have to be met still.

    Args:
        officer: who looks.
        now: aware UTC.
        name: the law's id of the limit.
        late: only what is too late.
        after: begin behind this one.
    """
    rows = still_open(officer, now).filter(name=name)
    if late:
        rows = rows.filter(due_at__lte=now)
    last = rows.filter(public_id=after).first() if after else None
    if last is not None:
        due = last.due_at
        behind = Q(due_at=due, pk__gt=last.pk) | (Q(due_at__isnull=False) if due is None else Q(due_at__gt=due))
        rows = rows.filter(behind)
    return _page(rows.order_by(*FIRST_DUE), now)


def ended(officer: Officer, now: datetime, after: UUID | None = None) -> Page:
    """What was met, dismissed or corrected, the newest first, behind that one."""
    put_aside = Q(met_at__isnull=False) | Q(dismissed_at__isnull=False) | Q(corrected_by__isnull=False)
    rows = seen(officer, now).filter(put_aside)
    last = rows.filter(public_id=after).first() if after else None
    if last is not None:
        rows = rows.filter(pk__lt=last.pk)
    return _page(rows.order_by("-pk"), now)


def about(matter: Matter, now: datetime) -> list[Shown]:
    """Every time limit that hangs on it, the newest first; who sees it sees them."""
    return shown(_rows().filter(hung_on(matter)).order_by("-pk")[:MOST_SHOWN], now)


def clock_for(officer: Officer, public_id: UUID, now: datetime) -> Shown | None:
    """One clock, or None where there is none or it may not be seen: one answer for both."""
    found = shown(seen(officer, now).filter(public_id=public_id), now)
    return found[0] if found else None


def history(clock: Clock) -> list[Clock]:
    """The rows that this one corrects, the last first."""
    found: list[Clock] = []
    row = clock
    while row.corrects_id is not None:
        row = _rows().get(pk=row.corrects_id)
        found.append(row)
    return found


def still_open(officer: Officer, now: datetime) -> QuerySet[Clock]:
    """The time limits that the officer sees and that nobody has met, dismissed or corrected.

    Those of a report that the officer's unit handed over are the receiver's to meet; on the report they can be read.
    """
    handed_over = Transfer.objects.filter(
        report=OuterRef("report_id"), outcome=Outcome.ACCEPTED, from_desk__unit=officer.unit_id
    )
    theirs = Q(report__isnull=True) | Q(report__desk__unit=officer.unit_id) | ~Exists(handed_over)
    rows = seen(officer, now).filter(met_at__isnull=True, dismissed_at__isnull=True, corrected_by__isnull=True)
    return rows.filter(theirs)


def seen(officer: Officer, now: datetime) -> QuerySet[Clock]:
    """The time limits of what the officer sees."""
    by_exhibit = Q(exhibit__isnull=False) & Q(visible(Exhibit, officer, now, "exhibit_id"))
    by_report = Q(report__isnull=False) & Q(visible(Report, officer, now, "report_id"))
    return _rows().filter(by_report | by_exhibit | Q(authority__unit=officer.unit_id))


def _rows() -> QuerySet[Clock]:
    people = ("recorded_by", "met_by", "dismissed_by")
    return Clock.objects.select_related("exhibit", "authority", "report", "corrected_by", *people)


def _page(rows: QuerySet[Clock], now: datetime) -> Page:
    found = shown(rows[: _A_PAGE + 1], now)
    some = found[:_A_PAGE]
    return Page(some, some[-1].clock.public_id if len(found) > _A_PAGE else None)


def shown(rows: Iterable[Clock], now: datetime) -> list[Shown]:
    """Each with what the law says of it and where it stands."""
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
