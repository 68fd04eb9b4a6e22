"""Opening compartments, letting people in, and putting things in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.access.models import Compartment, Grant, Placement, Role, Via
from kavalan.casework.access.selectors import roles_in
from kavalan.casework.accounts.models import Officer, Unit
from kavalan.casework.errors import RefusedError
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model


@house_verb("compartment.open")
def open_compartment(act: HouseAct, *, name: str) -> Done[Compartment]:
    """Open a compartment; who opens it is its first supervisor."""
    compartment = Compartment.objects.create(name=name)
    Grant.objects.create(compartment=compartment, officer=act.officer, role=Role.SUPERVISOR, via=Via.OPENED)
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
        compartment=compartment, officer=officer, unit=unit, role=role, via=Via.GIVEN, until=until
    )
    said = {"compartment": str(compartment.public_id), "to": str(to.public_id), "role": role.value}
    return Done(given, said | {"until": until.isoformat() if until else None})


def place(placed: Model, compartment: Compartment) -> None:
    """Put an object in a compartment; part of the verb that makes it."""
    Placement.objects.create(kind=placed._meta.label_lower, object_id=placed.pk, compartment=compartment)
