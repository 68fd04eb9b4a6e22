"""The retention review of a case that is over: when it begins, until when, and when it is needed no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils import timezone

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import visible
from kavalan.casework.cases.models import Case, RetentionReview
from kavalan.casework.cases.rules import ReviewDecision
from kavalan.casework.retention.schedules import schedules

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.verbs import HouseAct

FIRST: Final = "case-over"
"""The schedule by which the first review falls due."""
AGAIN: Final = "case-kept"
"""The schedule by which what was kept is looked through again."""


def begin_review(act: HouseAct, case: Case, since: datetime, schedule: str = FIRST) -> None:
    """Let a review fall due, unless one is open or there was one since then; part of the verb that ends the case.

    Args:
        act: who does it.
        case: which.
        since: from when the days are counted.
        schedule: the id of the row that says how many.
    """
    if case.reviews.filter(decided_at__isnull=True).exists() or case.reviews.filter(started_at__gte=since).exists():
        return
    due = since + schedules(timezone.localdate(act.at))[schedule].length
    RetentionReview.objects.create(case=case, schedule=schedule, started_at=since, due_at=due)


def end_review(act: HouseAct, case: Case) -> None:
    """Let go of an open review: the case is not over any more."""
    case.reviews.filter(decided_at__isnull=True).update(
        decision=ReviewDecision.REOPENED, decided_by=act.officer, decided_at=act.at
    )


def open_reviews(officer: Officer, now: datetime) -> QuerySet[RetentionReview]:
    """The reviews of cases that the officer supervises that nobody has decided, the first to fall due first."""
    there = visible(Case, officer, now, "case_id", {Role.SUPERVISOR})
    return RetentionReview.objects.filter(there, decided_at__isnull=True).order_by("due_at", "pk")
