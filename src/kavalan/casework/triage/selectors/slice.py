"""The daily slice: what waits for an answer, what came out, and what was missed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Q

from kavalan.casework.access.selectors import visible
from kavalan.casework.intake.models import Report
from kavalan.casework.triage.models import Drawn
from kavalan.casework.triage.rules import SliceAnswer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer

MOST_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class Figures:
    """What came out of the slices by one version of the rules; no officer is counted."""

    unit: str
    version: str
    drawn: int
    answered: int
    missed: int


def to_answer(officer: Officer, now: datetime) -> QuerySet[Drawn]:
    """What was drawn and nobody has answered, the oldest first."""
    return _seen(officer, now).filter(answered_at__isnull=True).order_by("pk")


def misses(officer: Officer, now: datetime) -> Sequence[Drawn]:
    """What was missed, the newest first: it stands there for everybody at the desk."""
    return list(_seen(officer, now).filter(answer=SliceAnswer.MISSED).order_by("-answered_at", "-pk")[:MOST_SHOWN])


def figures(officer: Officer, now: datetime) -> Sequence[Figures]:
    """By unit and version of the rules under which a report was low when it was drawn."""
    counted = (
        _seen(officer, now)
        .order_by()
        .values_list("draw__desk__unit__name", "assessment__rules__version")
        .annotate(
            drawn=Count("pk"),
            answered=Count("pk", filter=Q(answered_at__isnull=False)),
            missed=Count("pk", filter=Q(answer=SliceAnswer.MISSED)),
        )
    )
    return [Figures(*row) for row in sorted(counted)]


def drawn_for(officer: Officer, public_id: UUID, now: datetime) -> Drawn | None:
    """One drawn report, or None where there is none or it may not be seen."""
    return _seen(officer, now).filter(public_id=public_id).first()


def _seen(officer: Officer, now: datetime) -> QuerySet[Drawn]:
    there = visible(Report, officer, now, "report_id")
    return Drawn.objects.filter(there).select_related("report__desk__unit", "draw", "assessment__rules", "answered_by")
