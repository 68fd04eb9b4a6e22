"""What goes along when a report is taken over: its place, its number, the end of its own authority."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from kavalan.casework.access.models import Placement
from kavalan.casework.authority.models import Authority, Permit
from kavalan.casework.intake.models import Numbering
from kavalan.casework.intake.rules import Standing, reference
from kavalan.casework.triage.models import Move

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.db.models import Model

    from kavalan.casework.intake.models import Desk, Report
    from kavalan.casework.verbs import HouseAct


def take_along(report: Report, desk: Desk, act: HouseAct) -> None:
    """Make a report the desk's; part of the verb that accepts it.

    Its clocks hang on it and run on. What it came in as stays where it was: others may have come with it.
    """
    Placement.objects.bulk_create(
        (
            Placement(kind=one._meta.label_lower, object_id=one.pk, compartment_id=desk.compartment_id)
            for one in _placed(report)
        ),
        ignore_conflicts=True,
    )
    report.reference = _next_reference(desk, act.at)
    report.authority = _carried(report, desk, act)
    report.desk = desk
    report.save(update_fields=["reference", "authority", "desk"])
    # What nobody acknowledged at the sender's is to be acknowledged here, by the time that was set there.
    report.urgent.filter(acknowledged_at__isnull=True).update(desk=desk)
    move(report, Standing.OPEN, act)


def move(report: Report, after: Standing, act: HouseAct) -> None:
    """Say where a report stands now that it went elsewhere, as every move is said; part of a verb."""
    Move.objects.create(report=report, before=report.standing, after=after, by=act.officer, at=act.at)
    report.standing, report.taken_by = after, None
    report.save(update_fields=["standing", "taken_by"])


def _next_reference(desk: Desk, at: datetime) -> str:
    year = timezone.localtime(at).year
    Numbering.objects.get_or_create(desk=desk, year=year)
    row = Numbering.objects.select_for_update().get(desk=desk, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return reference(row.last, year)


def _placed(report: Report) -> Iterator[Model]:
    """All that was placed where it lay and belongs to it alone."""
    yield report
    yield from (one.kept for one in report.files.filter(kept__isnull=False).select_related("kept") if one.kept)
    yield from (
        one.identity for one in report.persons.filter(identity__isnull=False).select_related("identity") if one.identity
    )


def _carried(report: Report, desk: Desk, act: HouseAct) -> Authority | None:
    """The authority that the report carries itself, for the unit that takes it over: the same, and ending with it."""
    before = report.authority
    if before is None or before.withdrawn_at is not None:
        return None
    made = Authority.objects.create(
        kind=before.kind,
        reference=report.reference,
        unit=desk.unit,
        exhibits=[report.reference],
        accounts=before.accounts,
        kinds=before.kinds,
        dates_from=before.dates_from,
        dates_until=before.dates_until,
        giver=report.reference,
        recorded_by=act.officer,
        recorded_at=act.at,
    )
    Permit.objects.bulk_create(
        Permit(authority=made, activity=one.activity, valid_from=one.valid_from, valid_until=one.valid_until)
        for one in before.permits.all()
    )
    return made
