"""Who would see what by putting cases together: said before it is done, and never done unsaid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from kavalan.casework.access.models import Grant
from kavalan.casework.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from kavalan.casework.cases.models import Case

CHANGED = "Who would see it has changed since you looked: look again, then decide."


def grants_there(cases: Collection[Case], now: datetime) -> Mapping[int, Sequence[Grant]]:
    """The grants in force in each case, by the case's number; one statement."""
    rooms = {case.compartment_id: case.pk for case in cases}
    in_force = Q(until__isnull=True) | Q(until__gt=now)
    found: dict[int, list[Grant]] = {case.pk: [] for case in cases}
    held = Grant.objects.filter(in_force, compartment__in=rooms).select_related("officer", "unit")
    for one in held.order_by("officer__name", "unit__name", "pk"):
        found[rooms[one.compartment_id]].append(one)
    return found


def gaining(sources: Collection[Case], into: Case, now: datetime) -> Mapping[int, Sequence[Grant]]:
    """Whose grants in one case would show them what lies in others, where they hold none; by the others' numbers.

    Args:
        sources: whose contents would be seen.
        into: where they would be seen.
        now: aware UTC.
    """
    there = grants_there([*sources, into], now)
    return {case.pk: [one for one in there[into.pk] if not _covered(one, there[case.pk])] for case in sources}


def require_said(gains: Mapping[int, Sequence[Grant]], seen: Collection[UUID]) -> None:
    """Hold an officer to have been shown who gains sight of something.

    Raises:
        RefusedError: it is somebody else than was shown.
    """
    if {one.public_id for some in gains.values() for one in some} != set(seen):
        raise RefusedError(CHANGED)


def _covered(grant: Grant, held: Sequence[Grant]) -> bool:
    units = {one.unit_id for one in held if one.unit_id is not None}
    if grant.officer is None:
        return grant.unit_id in units
    return grant.officer.unit_id in units or grant.officer_id in {one.officer_id for one in held}
