"""Recording authorities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.authority.models import Authority, Permit
from kavalan.casework.authority.rules import fault
from kavalan.casework.errors import RefusedError
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from kavalan.casework.authority.rules import Grounds, Kind


@house_verb("authority.record")
def record_authority(act: HouseAct, *, kind: Kind, reference: str, grounds: Grounds) -> Done[Authority]:
    """Record an authority that the actor's unit was given.

    Raises:
        RefusedError: when it names no exhibit or no activity, means everything, or ends before it begins.
    """
    if why := fault(grounds):
        raise RefusedError(why)
    exhibits = sorted(grounds.exhibits)
    authority = Authority.objects.create(
        kind=kind,
        reference=reference,
        unit=act.officer.unit,
        exhibits=exhibits,
        recorded_by=act.officer,
        recorded_at=act.at,
    )
    Permit.objects.bulk_create(
        Permit(authority=authority, activity=activity, valid_from=span.start, valid_until=span.end)
        for activity, span in grounds.activities.items()
    )
    spans = [
        f"{name.value} {span.start.isoformat()} {span.end.isoformat()}" for name, span in grounds.activities.items()
    ]
    return Done(authority, {"kind": kind.value, "reference": reference, "exhibits": exhibits, "permits": sorted(spans)})
