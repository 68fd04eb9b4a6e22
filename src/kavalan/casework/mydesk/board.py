"""A unit's open work for its supervisors: how much of each kind, how old, what is overdue; never who is faster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from django.db.models import Count, IntegerField, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kavalan.casework.access.selectors import visible
from kavalan.casework.accounts.models import Officer
from kavalan.casework.cases.models import Case, Task, TaskState
from kavalan.casework.clocks.models import Clock
from kavalan.casework.custody.models import Device
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.intake.models import Report
from kavalan.casework.intake.rules import Standing
from kavalan.casework.jobs.models import State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import Model, QuerySet
    from django.db.models.expressions import Combinable

    from kavalan.casework.mydesk.sort import Words

AGES: Final = (7, 30, 90)
"""Days up to which work is counted as of one age; what is older is of the last."""
CASES_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of open work: its rows, where it lies, the field since when one is open, the field when one is due."""

    name: str
    what: Words
    route: str
    rows: QuerySet[Model]
    since: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class Load:
    """Open work of one kind.

    Attributes:
        kind: which.
        count: how much.
        ages: how much of each age, as `AGES` has them; empty where age says nothing.
        oldest: since when the oldest is open, aware UTC.
        overdue: how much should have been done; None where nothing sets a day.
    """

    kind: Kind
    count: int
    ages: Sequence[int]
    oldest: datetime | None
    overdue: int | None

    @property
    def aged(self) -> list[tuple[str, int]]:
        """Each age in words, with how much there is of it."""
        words = [gettext("to %(days)s days") % {"days": days} for days in AGES]
        return list(zip([*words, gettext("older")], self.ages, strict=False))


@dataclass(frozen=True, slots=True)
class Board:
    """All that is shown of a unit.

    Attributes:
        loads: by kind of work.
        cases: open ones that the officer may see, the oldest first, with `open_tasks` and `overdue_tasks`.
        closed: open cases of the unit beyond these, or closed to the officer.
        people: who works there, by name, with `cases_led`, `open_tasks` and `reports_taken`.
    """

    loads: Sequence[Load]
    cases: Sequence[Case]
    closed: int
    people: Sequence[Officer]


def board_of(officer: Officer, now: datetime) -> Board:
    """The board of an officer's unit; eight statements, whatever there is."""
    loads = _loads(officer.unit_id, now)
    theirs = _open_cases(officer.unit_id).filter(visible(Case, officer, now)).select_related("lead")
    counted = theirs.annotate(
        open_tasks=_count(_open_tasks(), "case"),
        overdue_tasks=_count(_open_tasks().filter(due_at__lte=now), "case"),
    )
    cases = list(counted.order_by("opened_at", "pk")[:CASES_SHOWN])
    of_cases = next(load.count for load in loads if load.kind.name == "cases")
    return Board(loads, cases, of_cases - len(cases), _people(officer.unit_id))


def _loads(unit: int, now: datetime) -> list[Load]:
    reports = Report.objects.filter(desk__unit=unit, standing__in=(Standing.OPEN, Standing.TAKEN))
    stopped = Q(scan__isnull=True) | Q(scan__state__in=(State.REFUSED, State.FAILED))
    exhibits = Exhibit.objects.filter(stopped, authority__unit=unit)
    of_unit = Q(report__desk__unit=unit) | Q(exhibit__authority__unit=unit) | Q(authority__unit=unit)
    clocks = Clock.objects.filter(of_unit, met_at__isnull=True, dismissed_at__isnull=True, corrected_by__isnull=True)
    away = Device.objects.filter(authority__unit=unit, due_at__isnull=False)
    tasks = _open_tasks().filter(case__unit=unit)
    kinds = [
        Kind("reports", _("Reports that wait or are worked on"), "intake", reports, "entered_at"),
        Kind("exhibits", _("Exhibits that are not scanned"), "exhibits", exhibits, "registered_at"),
        Kind("cases", _("Cases"), "cases", _open_cases(unit), "opened_at"),
        Kind("tasks", _("Tasks of cases"), "cases", tasks, "added_at", "due_at"),
        Kind("clocks", _("Time limits of the law"), "clocks", clocks, "started_at", "due_at"),
        Kind("laboratory", _("Things at a laboratory"), "devices", away, due="due_at"),
    ]
    return [_load(kind, now) for kind in kinds]


def _load(kind: Kind, now: datetime) -> Load:
    figures: dict[str, Combinable] = {"count": Count("pk")}
    if kind.since:
        figures |= {"oldest": Min(kind.since), **_ages(kind.since, now)}
    if kind.due:
        figures["late"] = Count("pk", filter=Q(**{f"{kind.due}__lte": now}))
    found = kind.rows.order_by().aggregate(**figures)
    ages = [count for name, count in found.items() if name.startswith("age_")]
    return Load(kind, found["count"], ages, found.get("oldest"), found.get("late"))


def _ages(since: str, now: datetime) -> dict[str, Combinable]:
    edges = [None, *(now - timedelta(days=days) for days in AGES), None]
    found: dict[str, Combinable] = {}
    for number, (newer, older) in enumerate(pairwise(edges)):
        before = Q() if newer is None else Q(**{f"{since}__lt": newer})
        after = Q() if older is None else Q(**{f"{since}__gte": older})
        found[f"age_{number}"] = Count("pk", filter=before & after)
    return found


def _people(unit: int) -> list[Officer]:
    here = Officer.objects.filter(unit=unit, is_active=True).annotate(
        cases_led=_count(_open_cases(unit), "lead"),
        open_tasks=_count(_open_tasks(), "assignee"),
        reports_taken=_count(Report.objects.filter(standing=Standing.TAKEN), "taken_by"),
    )
    return list(here.order_by("name", "pk"))


def _open_cases(unit: int) -> QuerySet[Case]:
    return Case.objects.filter(unit=unit, over_at__isnull=True, merged_into__isnull=True)


def _open_tasks() -> QuerySet[Task]:
    return Task.objects.filter(state=TaskState.OPEN)


def _count(rows: QuerySet[Model], of: str) -> Combinable:
    counted = rows.filter(**{of: OuterRef("pk")}).order_by().values(of).annotate(_number=Count("pk")).values("_number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
