"""Holding a report, so that it is not purged, and lifting the hold."""

from __future__ import annotations

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import roles_in
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Report
from kavalan.casework.intake.rules import INTAKE
from kavalan.casework.retention.models import Hold, Tombstone
from kavalan.casework.retention.schedules import Of
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb


@house_verb("report.hold")
def hold_report(act: HouseAct, *, report: Report, reason: str) -> Done[Report]:
    """Hold a report: a court, a case or a complaint needs it. Whoever works there holds it.

    Raises:
        RefusedError: when the actor does not work where it lies, it is held or purged, or no reason is given.
    """
    if not frozenset(INTAKE) & roles_in(act.officer, report.compartment_ids(), act.at):
        raise RefusedError("Only who works on this report holds it.")
    # Locked, so that it is not decided to be purged meanwhile.
    Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if Hold.objects.filter(report=report, lifted_at__isnull=True).exists():
        raise RefusedError("It is held already.")
    if Tombstone.objects.filter(report=report, purge__of=Of.REPORT).exists():
        raise RefusedError("It was purged, or is about to be.")
    hold = Hold.objects.create(report=report, reason=required(reason), placed_by=act.officer, placed_at=act.at)
    return Done(report, {"hold": str(hold.public_id), "reason": hold.reason})


@house_verb("report.lift_hold")
def lift_hold(act: HouseAct, *, hold: Hold, reason: str) -> Done[Report]:
    """Lift a hold: a supervisor's decision.

    Raises:
        RefusedError: when the actor does not supervise where the report lies, it was lifted, or no reason is given.
    """
    hold = Hold.objects.select_for_update(of=("self",)).select_related("report").get(pk=hold.pk)
    if Role.SUPERVISOR not in roles_in(act.officer, hold.report.compartment_ids(), act.at):
        raise RefusedError("Only a supervisor where the report lies lifts a hold.")
    if hold.lifted_at is not None:
        raise RefusedError("It was lifted already.")
    hold.lifted_by, hold.lifted_at, hold.lifted_why = act.officer, act.at, required(reason)
    hold.save(update_fields=["lifted_by", "lifted_at", "lifted_why"])
    return Done(hold.report, {"hold": str(hold.public_id), "reason": hold.lifted_why})
