"""What the demo's officers do within a case: meet its time limits, do its tasks, bring a child to safety."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.cases.models import Case
    from kavalan.casework.intake.models import Report

_WITHIN_A_DAY = ("pocso-19-5", "pocso-19-6")


def meet_limits(officer: Officer, at: datetime, report: Report) -> None:
    """The committee and the court are told, care is seen to: each within a day, by one letter."""
    from kavalan.casework.clocks.models import Clock
    from kavalan.casework.clocks.services import meet_together

    for name in _WITHIN_A_DAY:
        clocks = list(Clock.objects.filter(report=report, name=name).values_list("public_id", flat=True))
        if clocks:
            meet_together(officer, at, clocks=clocks, met_at=at, note=f"letter about {report.reference}")


def give_tasks(officer: Officer, at: datetime, case: Case) -> None:
    """Whoever leads the case does what nobody was given."""
    from kavalan.casework.cases.services import change_task

    for task in case.tasks.filter(assignee__isnull=True).order_by("pk"):
        change_task(officer, at, task=task, assignee=officer, due_at=task.due_at)


def do_tasks(officer: Officer, at: datetime, case: Case, *, left: int) -> None:
    """All are done but the last so many."""
    from kavalan.casework.cases.models.task import TaskState
    from kavalan.casework.cases.services import end_task

    waiting = list(case.tasks.filter(state=TaskState.OPEN).order_by("due_at", "pk"))
    for task in waiting[: len(waiting) - left]:
        end_task(officer, at, task=task, state=TaskState.DONE)


def bring_to_safety(officer: Officer, at: datetime, case: Case, name: str) -> None:
    """A child's name is sealed in the case, and that the child is safe is recorded by the pseudonym."""
    from django.utils import timezone

    from kavalan.casework.identities.rules import Kind, Particulars
    from kavalan.casework.identities.services import seal_identity
    from kavalan.casework.insight.services import record_safeguarded

    child = seal_identity(
        officer, at, kind=Kind.CHILD, compartment=case.compartment, particulars=Particulars(name, guardian="an aunt")
    )
    day = timezone.localdate(at - timedelta(hours=6))
    record_safeguarded(officer, at, case=case, pseudonym=child.pseudonym, happened_on=day)
