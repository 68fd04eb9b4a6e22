"""Opening an operation, and setting its day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from kavalan.casework.access.models import Compartment, Grant, Role, Via
from kavalan.casework.access.services import place
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.selectors import holds
from kavalan.casework.cases.models import Series
from kavalan.casework.errors import RefusedError
from kavalan.casework.operations.models import Operation, OperationYear
from kavalan.casework.operations.working import held
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from datetime import date


@house_verb("operation.open")
def open_operation(act: HouseAct, *, title: str, day: date | None = None) -> Done[Operation]:
    """Open an operation of the actor's unit; the actor supervises it and lets others in, of whichever unit.

    Args:
        act: a supervisor of the unit.
        title: what it is about, in words that name nobody.
        day: the day of the search in the desk's zone, where it is set.

    Raises:
        RefusedError: when the actor is no supervisor, the unit has no number series, or there is no title.
    """
    if not holds(act.officer, [OfficerRole.SUPERVISOR], act.at):
        raise RefusedError("Only a supervisor of the unit opens an operation.")
    title = required(title, "An operation needs a title: what it is about, in words that name nobody.")[:200]
    room = Compartment.objects.create(name=title)
    Grant.objects.create(compartment=room, officer=act.officer, role=Role.SUPERVISOR, via=Via.OPENED, given_at=act.at)
    made = Operation.objects.create(
        unit=act.officer.unit,
        reference=_next_reference(act),
        title=title,
        compartment=room,
        day=day,
        opened_by=act.officer,
        opened_at=act.at,
    )
    place(made, room)
    said = {"reference": made.reference, "title": title, "compartment": str(room.public_id)}
    return Done(made, said | {"day": day.isoformat() if day else None})


@house_verb("operation.set_day")
def set_day(act: HouseAct, *, operation: Operation, day: date, reason: str = "") -> Done[Operation]:
    """Set the day of the search, or move it with a reason.

    Raises:
        RefusedError: when the actor does not supervise the operation, it is that day already, or it is moved without a
            reason.
    """
    operation = held(act, operation)
    if operation.day == day:
        raise RefusedError("This is its day already.")
    why = required(reason, "Say why the day is moved.") if operation.day else reason.strip()
    before, operation.day = operation.day, day
    operation.save(update_fields=["day"])
    said = {"from": before.isoformat() if before else None, "to": day.isoformat(), "reason": why}
    return Done(operation, said)


def _next_reference(act: HouseAct) -> str:
    series = Series.objects.filter(unit=act.officer.unit_id).first()
    if series is None:
        raise RefusedError("Your unit has no number series yet. A supervisor opens it on the page of cases.")
    year = timezone.localtime(act.at).year
    OperationYear.objects.get_or_create(unit=act.officer.unit, year=year)
    counted = OperationYear.objects.select_for_update().get(unit=act.officer.unit, year=year)
    counted.last += 1
    counted.save(update_fields=["last"])
    return f"{series.prefix}/OP/{counted.last}/{year}"
