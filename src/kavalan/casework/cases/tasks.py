"""What is to be done: in a case, and by an officer in all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Exists, F, OuterRef, Prefetch, Q

from kavalan.casework.access.models import Grant
from kavalan.casework.access.selectors import visible
from kavalan.casework.accounts.models import Officer
from kavalan.casework.cases.family import family_of
from kavalan.casework.cases.models import Case, Task, TaskChange, TaskState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

MOST_SHOWN: Final = 200
"""Tasks of a case on one page, open and ended ones each: a case that has more is two cases."""


def tasks_of(officer: Officer, now: datetime) -> QuerySet[Task]:
    """What is the officer's to do in cases that they see, what is due first before the rest."""
    theirs = Task.objects.filter(visible(Case, officer, now, "case_id"), assignee=officer, state=TaskState.OPEN)
    return theirs.select_related("case").order_by(F("due_at").asc(nulls_last=True), "pk")


def open_tasks(case: Case, now: datetime) -> QuerySet[Task]:
    """What is to be done in a case and in those that were merged into it, what is due first before the rest.

    Each has `unseen`: it is somebody's who does not see the case any more.
    """
    theirs = Q(officer=OuterRef("assignee")) | Q(unit=OuterRef("assignee__unit"))
    in_force = Q(until__isnull=True) | Q(until__gt=now)
    placed = Q(
        compartment__placements__kind=Case._meta.label_lower, compartment__placements__object_id=OuterRef("case")
    )
    found = _tasks(case).filter(state=TaskState.OPEN).order_by(F("due_at").asc(nulls_last=True), "pk")
    sees = Exists(Grant.objects.filter(theirs, in_force, placed))
    return found.annotate(unseen=Q(assignee__isnull=False) & ~sees)


def ended_tasks(case: Case) -> QuerySet[Task]:
    """What was done or dropped, the newest first; each has `told`, its changes, the newest first."""
    told = Prefetch("changes", TaskChange.objects.select_related("by").order_by("-pk"), to_attr="told")
    return _tasks(case).exclude(state=TaskState.OPEN).order_by("-pk").prefetch_related(told)


def task_for(officer: Officer, public_id: UUID, now: datetime) -> Task | None:
    """The task, or None where there is none or its case may not be seen: one answer for both."""
    seen = Task.objects.filter(visible(Case, officer, now, "case_id"), public_id=public_id)
    return seen.select_related("case__unit", "assignee").first()


def who_sees(case: Case, now: datetime) -> Sequence[Officer]:
    """Who may be given a task of a case, by name."""
    in_force = Q(until__isnull=True) | Q(until__gt=now)
    held = Grant.objects.filter(in_force, compartment=case.compartment_id)
    let_in = Q(pk__in=held.values("officer")) | Q(unit__in=held.values("unit"))
    return list(Officer.objects.filter(let_in, is_active=True).order_by("name", "pk"))


def _tasks(case: Case) -> QuerySet[Task]:
    return Task.objects.filter(case__in=family_of(case)).select_related("case", "assignee", "added_by")
