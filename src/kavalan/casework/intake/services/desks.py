"""Opening a unit's intake desk."""

from __future__ import annotations

from kavalan.casework.access.models import Compartment, Grant, Role, Via
from kavalan.casework.access.services import place
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.selectors import holds
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Desk
from kavalan.casework.verbs import Done, HouseAct, house_verb


@house_verb("intake.open")
def open_desk(act: HouseAct) -> Done[Desk]:
    """Open the intake desk of the actor's unit; who opens it is its first supervisor and lets others in (`grant`).

    Raises:
        RefusedError: when the actor is no supervisor, or the unit has one.
    """
    if not holds(act.officer, [OfficerRole.SUPERVISOR], act.at):
        raise RefusedError("Only a supervisor of the unit opens its intake desk.")
    if Desk.objects.filter(unit=act.officer.unit_id).exists():
        raise RefusedError("Your unit has an intake desk.")
    room = Compartment.objects.create(name=f"Intake, {act.officer.unit}"[:200])
    Grant.objects.create(compartment=room, officer=act.officer, role=Role.SUPERVISOR, via=Via.OPENED, given_at=act.at)
    desk = Desk.objects.create(unit=act.officer.unit, compartment=room, opened_by=act.officer, opened_at=act.at)
    place(desk, room)
    return Done(desk, {"unit": str(act.officer.unit.public_id), "compartment": str(room.public_id)})
