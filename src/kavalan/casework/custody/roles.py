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
    rooms = {frozenset(device.compartment_ids()) for device in devices}
    if not all(KEEPERS & roles_in(officer, room, now) for room in rooms):
        raise RefusedError("Only who works on a thing enters what happens to it.")


def place_all(things: Iterable[Model], rooms: Iterable[int]) -> None:
    """Put things where another lies; part of the verb that makes them."""
    into = list(rooms)
    Placement.objects.bulk_create(
        Placement(kind=thing._meta.label_lower, object_id=thing.pk, compartment_id=room)
        for thing in things
        for room in into
    )
