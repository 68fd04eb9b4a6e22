"""Putting something into a case, and taking it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from kavalan.casework.access.models import Placement
from kavalan.casework.access.selectors import visible
from kavalan.casework.access.services import place
from kavalan.casework.cases.models import Case, Part
from kavalan.casework.cases.working import held
from kavalan.casework.errors import RefusedError
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from django.db.models import Model


@house_verb("case.join")
def join(act: HouseAct, *, case: Case, joined: Model, reason: str = "") -> Done[Part]:
    """Put something that lies in compartments into a case; who works there then sees it.

    Args:
        act: who does it, who must see what is joined.
        case: where to.
        joined: a report, an exhibit, a subject.
        reason: why it belongs here, where that is not plain.

    Raises:
        RefusedError: when the actor does not work on the case, may not see what is joined, or it is in the case.
    """
    case = held(act, case)
    kind = joined._meta.label_lower
    there = visible(type(joined), act.officer, act.at)
    if not QuerySet(type(joined)).filter(there, pk=joined.pk).exists():
        raise RefusedError("There is no such thing.")
    if case.parts.filter(kind=kind, object_id=joined.pk, ended_at__isnull=True).exists():
        raise RefusedError("It is in this case already.")
    part = Part.objects.create(
        case=case, kind=kind, object_id=joined.pk, reason=reason.strip()[:400], added_by=act.officer, added_at=act.at
    )
    place(joined, case.compartment)
    return Done(part, _said(part, case))


@house_verb("case.end_part")
def end_part(act: HouseAct, *, part: Part, reason: str) -> Done[Part]:
    """Take something out of a case; what was known of it there stays known, and the row says why it went.

    Raises:
        RefusedError: when the actor does not work on the case, it is not in it any more, or no reason is given.
    """
    case = held(act, part.case)
    part = Part.objects.select_for_update(of=("self",)).get(pk=part.pk)
    if part.ended_at is not None:
        raise RefusedError("It is not in this case any more.")
    part.ended_by, part.ended_at, part.ended_why = act.officer, act.at, required(reason)
    part.save(update_fields=["ended_by", "ended_at", "ended_why"])
    Placement.objects.filter(kind=part.kind, object_id=part.object_id, compartment=case.compartment_id).delete()
    return Done(part, _said(part, case) | {"reason": part.ended_why})


def _said(part: Part, case: Case) -> dict[str, str]:
    return {"case": str(case.public_id), "part": str(part.public_id), "kind": part.kind, "why": part.reason}
