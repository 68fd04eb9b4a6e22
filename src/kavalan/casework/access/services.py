"""Opening compartments, letting people in, and putting things in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.access.models import Compartment, Grant, Placement, Role, Via
from kavalan.casework.access.selectors import roles_in
from kavalan.casework.accounts.models import Officer, Unit
from kavalan.casework.accounts.working import require_no_auditor
from kavalan.casework.errors import RefusedError
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model


@house_verb("compartment.open")
def open_compartment(act: HouseAct, *, name: str) -> Done[Compartment]:
    """Open a compartment; who opens it is its first supervisor.

    Raises:
        RefusedError: when the actor is an auditor and nothing else.
    """
    require_no_auditor(act)
    compartment = Compartment.objects.create(name=name)
    Grant.objects.create(
        compartment=compartment, officer=act.officer, role=Role.SUPERVISOR, via=Via.OPENED, given_at=act.at
    )
    return Done(compartment, {"name": name})


@house_verb("access.grant")
def grant(
    act: HouseAct, *, compartment: Compartment, to: Officer | Unit, role: Role, until: datetime | None = None
) -> Done[Grant]:
    """Let an officer, or everybody of a unit, into a compartment.

    Raises:
        RefusedError: when the actor is not a supervisor there.
    """
    if Role.SUPERVISOR not in roles_in(act.officer, [compartment.pk], act.at):
        raise RefusedError("Only a supervisor of a compartment lets others in.")
    officer, unit = (to, None) if isinstance(to, Officer) else (None, to)
    given = Grant.objects.create(
        compartment=compartment, officer=officer, unit=unit, role=role, via=Via.GIVEN, given_at=act.at, until=until
    )
    said = {"compartment": str(compartment.public_id), "to": str(to.public_id), "role": role.value}
    return Done(given, said | {"until": until.isoformat() if until else None})


@house_verb("access.end")
def end_grant(act: HouseAct, *, grant: Grant, reason: str) -> Done[Grant]:
    """Take a grant back before its end; what was seen by it stays known, and the row stays.

    Args:
        act: a supervisor of the compartment.
        grant: of an officer or a unit, that is in force.
        reason: why, without a name.

    Raises:
        RefusedError: when the actor is no supervisor there, it has ended, nobody else supervises the compartment
            without an end, or no reason is given.
    """
    if Role.SUPERVISOR not in roles_in(act.officer, [grant.compartment_id], act.at):
        raise RefusedError("Only a supervisor of a compartment takes back what lets others in.")
    # Locked, so that two supervisors do not take each other's grant back at once.
    room = Compartment.objects.select_for_update().get(pk=grant.compartment_id)
    held = room.grants.select_related("officer", "unit").get(pk=grant.pk)
    if held.until is not None and held.until <= act.at:
        raise RefusedError("It has ended.")
    lasting = room.grants.filter(role=Role.SUPERVISOR, until__isnull=True).exclude(pk=held.pk)
    if held.role == Role.SUPERVISOR and not lasting.exists():
        raise RefusedError("Somebody must supervise what lies here without an end: let another supervisor in first.")
    why = required(reason)
    held.until = act.at
    held.save(update_fields=["until"])
    to = held.officer or held.unit
    said = {"compartment": str(room.public_id), "to": str(to.public_id) if to else "", "role": held.role}
    return Done(held, said | {"reason": why})


def place(placed: Model, compartment: Compartment) -> None:
    """Put an object in a compartment; part of the verb that makes it."""
    Placement.objects.create(kind=placed._meta.label_lower, object_id=placed.pk, compartment=compartment)
