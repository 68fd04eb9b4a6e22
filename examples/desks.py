"""The demo's intake desks: who supervises each, and who takes reports in there."""

from __future__ import annotations

from people import COORDINATOR, INSPECTOR, INTAKE, KADAVU_INSPECTOR, KADAVU_SUPERVISOR, SUPERVISOR
from story import World

_LET_IN = {SUPERVISOR: (INSPECTOR, INTAKE), KADAVU_SUPERVISOR: (KADAVU_INSPECTOR,), COORDINATOR: ()}


def open_desks(world: World) -> None:
    """Each unit's supervisor opens its desk, and lets the unit's officers in."""
    from kavalan.casework.access.models import Role
    from kavalan.casework.access.services import grant
    from kavalan.casework.intake.services import open_desk

    for head, others in _LET_IN.items():
        desk = open_desk(world.officers[head], world.at)
        for badge in others:
            role = Role.INTAKE if badge == INTAKE else Role.INVESTIGATOR
            grant(world.officers[head], world.at, compartment=desk.compartment, to=world.officers[badge], role=role)
        world.desks |= dict.fromkeys((head, *others), desk)
