"""What was found and said of one report, and who of those it speaks of may be a child."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import F

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import visible
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.selectors import holds
from kavalan.casework.intake.models import Person, Report
from kavalan.casework.intake.rules import PersonRole
from kavalan.casework.triage.models import Answer, Assessment, PossibleMinor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer

MOST_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Reported:
    """Somebody who is reported, and what says that they may be a child; None where nothing does any more."""

    person: Person
    minor: PossibleMinor | None


def looks_at(report: Report) -> list[Assessment]:
    """Every look at a report, the newest first."""
    return list(report.assessments.select_related("rules", "by").order_by("-number"))


def answers_of(report: Report) -> list[Answer]:
    """What people said of its facts, the newest first."""
    return list(Answer.objects.filter(report=report).select_related("by").order_by("-pk"))


def reported_in(report: Report) -> list[Reported]:
    """Those whom a report reports, in its order."""
    persons = Person.objects.filter(report=report, role=PersonRole.REPORTED).select_related("identity")
    minors = PossibleMinor.objects.filter(report=report, ended_at__isnull=True).select_related("flagged_by")
    held = {minor.person_id: minor for minor in minors}
    return [Reported(person, held.get(person.pk)) for person in persons.order_by("number")]


def person_for(officer: Officer, public_id: UUID, now: datetime) -> Person | None:
    """Somebody who is reported, or None where there is nobody or the report may not be seen."""
    there = visible(Report, officer, now, "report_id")
    reported = Person.objects.filter(there, role=PersonRole.REPORTED).select_related("report__desk__unit")
    return reported.filter(public_id=public_id).first()


def sees_children(officer: Officer, now: datetime) -> bool:
    """Whether the child lane is the officer's: a child welfare police officer's, or a supervisor's of a desk."""
    return holds(officer, [OfficerRole.CHILD_OFFICER], now) or _lane(officer, now).exists()


def children(officer: Officer, now: datetime) -> Sequence[PossibleMinor]:
    """Who is in the child lane and who was, in the reports that are open to the officer; those inside lead."""
    rows = _lane(officer, now).order_by(F("ended_at").desc(nulls_first=True), "-pk")
    return list(rows[:MOST_SHOWN])


def minor_for(officer: Officer, public_id: UUID, now: datetime) -> PossibleMinor | None:
    """One row of the child lane, or None where there is none or it is not the officer's."""
    return _lane(officer, now).filter(public_id=public_id).first()


def _lane(officer: Officer, now: datetime) -> QuerySet[PossibleMinor]:
    roles = None if holds(officer, [OfficerRole.CHILD_OFFICER], now) else {Role.SUPERVISOR}
    there = visible(Report, officer, now, "report_id", roles)
    return PossibleMinor.objects.filter(there).select_related(
        "person__identity", "report__desk__unit", "flagged_by", "ended_by"
    )
