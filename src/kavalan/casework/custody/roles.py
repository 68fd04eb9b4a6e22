"""Who keeps things in custody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.casework.access.models import Placement, Role
from kavalan.casework.access.selectors import roles_in
from kavalan.casework.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import Model

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.custody.models import Device

KEEPERS: Final = frozenset({Role.CUSTODIAN, Role.INVESTIGATOR, Role.EXAMINER, Role.SUPERVISOR})
"""Who enters seizures, and what happens to a thing afterwards."""
EXAMINING: Final = frozenset({Role.INVESTIGATOR, Role.EXAMINER, Role.SUPERVISOR})
"""Who opens a seal or sends a thing to be examined; the authority must permit it too."""


def require_keeper(officer: Officer, devices: Iterable[Device], now: datetime) -> None:
    """Refuse whoever keeps nothing where these things lie.

    Raises:
        RefusedError: the officer's roles there do not extend to this.
    """
    if not all(KEEPERS & roles_in(officer, rooms, now) for rooms in rooms_of(devices)):
        raise RefusedError("Only who works on a thing enters what happens to it.")


def rooms_of(devices: Iterable[Device]) -> set[frozenset[int]]:
    """The compartments of each of these things, each set of them once; one query for any number of things."""
    rooms: dict[int, set[int]] = {device.pk: set() for device in devices}
    placed = Placement.objects.filter(kind="custody.device", object_id__in=list(rooms))
    for device, room in placed.values_list("object_id", "compartment_id"):
        rooms[device].add(room)
    return {frozenset(each) for each in rooms.values()}


def place_all(things: Iterable[Model], rooms: Iterable[int]) -> None:
    """Put things where another lies; part of the verb that makes them."""
    into = list(rooms)
    Placement.objects.bulk_create(
        Placement(kind=thing._meta.label_lower, object_id=thing.pk, compartment_id=room)
        for thing in things
        for room in into
    )
