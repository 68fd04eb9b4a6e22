"""Acknowledging what is urgent, and telling it on where nobody does."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kavalan.casework.errors import RefusedError
from kavalan.casework.said import LONGEST
from kavalan.casework.triage.lane import lane_rules
from kavalan.casework.triage.models import Escalation, Urgent
from kavalan.casework.triage.working import held
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.intake.models import Desk

MOST_AT_ONCE = 200


@house_verb("urgent.acknowledge")
def acknowledge_urgent(act: HouseAct, *, urgent: Urgent, note: str = "") -> Done[Urgent]:
    """Say, by name, that one has seen why a report is urgent and answers for what comes next.

    Raises:
        RefusedError: when the actor does not work where the report lies, or somebody has acknowledged it.
    """
    held(act, urgent.report)
    urgent = Urgent.objects.select_for_update().get(pk=urgent.pk)
    if urgent.acknowledged_at is not None:
        raise RefusedError("It was acknowledged already.")
    urgent.acknowledged_by, urgent.acknowledged_at = act.officer, act.at
    urgent.note, urgent.due_at = note.strip()[:LONGEST], None
    urgent.save(update_fields=["acknowledged_by", "acknowledged_at", "note", "due_at"])
    return Done(urgent, {"floors": urgent.floors, "note": urgent.note, "level": urgent.level})


@house_verb("urgent.escalate", unattended=True)
def escalate_urgent(act: HouseAct, *, desk: Desk) -> Done[Desk]:
    """Tell on what nobody acknowledged in time at a desk: two hundred reports at most, with one entry.

    Raises:
        RefusedError: when nothing waits too long.
    """
    rows = list(
        Urgent.objects.select_for_update()
        .filter(desk=desk, acknowledged_at__isnull=True, due_at__lte=act.at)
        .order_by("due_at", "pk")[:MOST_AT_ONCE]
    )
    if not rows:
        raise RefusedError("Nothing at this desk has waited too long.")
    told = [one for row in rows for one in _told_on(row, act.at)]
    Escalation.objects.bulk_create(told)
    Urgent.objects.bulk_update(rows, ["level", "due_at"])
    named = "\n".join(f"{one.urgent.public_id} {one.level} {one.to}" for one in told)
    digest = hashlib.sha256(named.encode()).hexdigest()
    return Done(desk, {"reports": len(rows), "steps": len(told), "digest": digest, "rules": lane_rules().version})


def _told_on(row: Urgent, at: datetime) -> list[Escalation]:
    """Every step whose time has come: after a night without a worker all of them at once."""
    steps, told = lane_rules().step, []
    while row.level < len(steps) and row.raised_at + steps[row.level].after <= at:
        told.append(Escalation(urgent=row, level=row.level + 1, to=steps[row.level].to, at=at))
        row.level += 1
    row.due_at = row.raised_at + steps[row.level].after if row.level < len(steps) else None
    return told
