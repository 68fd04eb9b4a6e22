"""Who of those reported is in the child lane, in bulk; part of what takes reports in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.intake.models import Person
from kavalan.casework.intake.rules import PersonRole
from kavalan.casework.triage.models import PossibleMinor
from kavalan.casework.triage.rules import MinorBasis

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kavalan.casework.intake.models import Report


def minors_among(reports: Sequence[Report], at: datetime) -> dict[int, set[int]]:
    """Put whoever may be a child into the child lane, and say who is in it.

    Who was let out on evidence of majority is not put back. Three queries, whatever the number of reports.

    Args:
        reports: saved, with their persons.
        at: aware UTC.

    Returns:
        Numbers of persons within their report, by the report's number; a report without any is left out.
    """
    reported = list(Person.objects.filter(report__in=reports, role=PersonRole.REPORTED).order_by("pk"))
    before = {row.person_id: row for row in PossibleMinor.objects.filter(report__in=reports).order_by("pk")}
    made = PossibleMinor.objects.bulk_create(
        PossibleMinor(
            person=person,
            report_id=person.report_id,
            basis=person.minor,
            where="annotations"
            if person.minor == MinorBasis.ANNOTATION
            else f"persons[{person.number}].{person.minor}",
            found_at=at,
        )
        for person in reported
        if person.minor and person.pk not in before
    )
    inside = {row.person_id for row in [*before.values(), *made] if row.ended_at is None}
    found: dict[int, set[int]] = {}
    for person in reported:
        if person.pk in inside:
            found.setdefault(person.report_id, set()).add(person.number)
    return found


def _where(person: Person) -> str:
    """The place in the tip that said so."""
    return "annotations" if person.minor == MinorBasis.ANNOTATION else f"persons[{person.number}].{person.minor}"
