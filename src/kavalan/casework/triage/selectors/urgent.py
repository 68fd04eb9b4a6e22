"""What is urgent, for whoever may see it, and what other supervisors must know of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Exists, F, Q, Window
from django.db.models.functions import RowNumber

from kavalan.casework.access.selectors import visible
from kavalan.casework.accounts.models import RoleHeld
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.selectors import in_force
from kavalan.casework.intake.models import Report
from kavalan.casework.triage.lane import lane_rules
from kavalan.casework.triage.models import Urgent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer

MOST_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class ToldOn:
    """So many reports of a unit wait unacknowledged, of which the officer may know no more."""

    unit: str
    count: int


def waiting(officer: Officer, now: datetime) -> QuerySet[Urgent]:
    """What nobody has acknowledged: senders take turns, so that one who floods the lane holds up nobody else's.

    Within a turn the one that was raised first leads.
    """
    rows = _seen(officer, now).filter(acknowledged_at__isnull=True)
    turn = Window(
        RowNumber(), partition_by=[F("report__desk"), F("report__sender")], order_by=[F("raised_at"), F("pk")]
    )
    return rows.annotate(turn=turn).order_by("turn", "raised_at", "pk")


def acknowledged(officer: Officer, now: datetime) -> QuerySet[Urgent]:
    """What was acknowledged, the newest first."""
    return _seen(officer, now).filter(acknowledged_at__isnull=False).order_by("-acknowledged_at", "-pk")


def urgent_for(officer: Officer, public_id: UUID, now: datetime) -> Urgent | None:
    """One row, or None where there is none or it may not be seen: one answer for both."""
    return _seen(officer, now).filter(public_id=public_id).first()


def told_to(officer: Officer, now: datetime) -> QuerySet[Urgent]:
    """Urgent reports of which the officer was told though they are closed to them; only to be counted by unit."""
    steps = {step.to: number for number, step in enumerate(lane_rules().step, start=1)}
    theirs = Q(pk__in=())
    if "unit" in steps:
        theirs |= _holds(officer, OfficerRole.SUPERVISOR, now) & Q(desk__unit=officer.unit_id, level__gte=steps["unit"])
    if "house" in steps:
        theirs |= _holds(officer, OfficerRole.ADMINISTRATOR, now) & Q(level__gte=steps["house"])
    return Urgent.objects.filter(theirs, acknowledged_at__isnull=True).exclude(
        visible(Report, officer, now, "report_id")
    )


def told_on_to(officer: Officer, now: datetime) -> Sequence[ToldOn]:
    """Units of whose urgent reports the officer was told though they are closed to them: figures, and no report."""
    rows = told_to(officer, now)
    counted = rows.values_list("desk__unit__name").annotate(count=Count("pk")).order_by("desk__unit__name")
    return [ToldOn(unit, count) for unit, count in counted]


def _holds(officer: Officer, role: OfficerRole, now: datetime) -> Q:
    return Q(Exists(RoleHeld.objects.filter(in_force(now), officer=officer, role=role)))


def _seen(officer: Officer, now: datetime) -> QuerySet[Urgent]:
    there = visible(Report, officer, now, "report_id")
    return Urgent.objects.filter(there).select_related("report__desk__unit", "acknowledged_by", "assessment__rules")
