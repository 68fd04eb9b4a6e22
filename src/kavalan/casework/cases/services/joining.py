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
from kavalan.casework.exhibits.models import Exhibit, Item
from kavalan.casework.exhibits.rules import Seal
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from django.db.models import Model

    from kavalan.casework.exhibits.models import Content


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
    part = put_in(act, case, joined, reason)
    return Done(part, _said(part, case))


@house_verb("case.join_content")
def join_content(act: HouseAct, *, case: Case, exhibit: Exhibit, content: Content, reason: str = "") -> Done[Part]:
    """Put a content of an exhibit into a case; it is seen through exhibits that whoever looks may see, as ever.

    Args:
        act: who does it, who must see the content in the exhibit.
        case: where to, of which the exhibit is a part.
        exhibit: in which it was found.
        content: what was found, however often.
        reason: why it belongs here.

    Raises:
        RefusedError: when the actor does not work on the case, the exhibit is no part of it or closed to the actor, or
            the content is not open in it or in the case already.
    """
    case = held(act, case)
    label = Exhibit._meta.label_lower
    if not case.parts.filter(kind=label, object_id=exhibit.pk, ended_at__isnull=True).exists():
        raise RefusedError("The exhibit is no part of this case: put it in first.")
    there = Item.objects.filter(visible(Exhibit, act.officer, act.at, "exhibit_id"), seal=Seal.OPEN)
    if not there.filter(exhibit=exhibit, content=content).exists():
        raise RefusedError("There is no such content open to you in this exhibit.")
    part = _row(act, case, content, reason)
    return Done(part, {**_said(part, case), "exhibit": str(exhibit.public_id), "sha256": content.sha256_hex})


def put_in(act: HouseAct, case: Case, joined: Model, reason: str) -> Part:
    """Put something that lies in compartments into a case; part of a verb.

    Raises:
        RefusedError: as `join`, whether the actor works on the case aside.
    """
    if not QuerySet(type(joined)).filter(visible(type(joined), act.officer, act.at), pk=joined.pk).exists():
        raise RefusedError("There is no such thing.")
    part = _row(act, case, joined, reason)
    place(joined, case.compartment)
    return part


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


def _row(act: HouseAct, case: Case, joined: Model, reason: str) -> Part:
    kind = joined._meta.label_lower
    if case.parts.filter(kind=kind, object_id=joined.pk, ended_at__isnull=True).exists():
        raise RefusedError("It is in this case already.")
    return Part.objects.create(
        case=case, kind=kind, object_id=joined.pk, reason=reason.strip()[:400], added_by=act.officer, added_at=act.at
    )


def _said(part: Part, case: Case) -> dict[str, str]:
    return {"case": str(case.public_id), "part": str(part.public_id), "kind": part.kind, "why": part.reason}
