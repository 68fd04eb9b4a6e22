"""Merging cases, splitting one, relating two, and undoing each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q

from kavalan.casework.access.models import Compartment, Grant, Placement, Role, Via
from kavalan.casework.access.selectors import roles_in
from kavalan.casework.access.services import place
from kavalan.casework.cases.emptied import close_emptied
from kavalan.casework.cases.family import family_of
from kavalan.casework.cases.models import Case, LetIn, Part, Rearrangement, Sort
from kavalan.casework.cases.numbering import next_reference
from kavalan.casework.cases.selectors import visible_cases
from kavalan.casework.cases.shifting import bring, give_back, require_undoable, take, withdraw
from kavalan.casework.cases.sight import CHANGED, gaining, grants_there, require_said
from kavalan.casework.cases.working import WORKS, held
from kavalan.casework.errors import RefusedError
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from uuid import UUID

    from kavalan.casework.records import Record
    from kavalan.ledger import Payload

MOST_AT_ONCE: Final = 20
"""Cases that are merged in one act: as many as somebody looks through before they say yes."""


@house_verb("case.merge")
def merge_cases(
    act: HouseAct,
    *,
    into: Case,
    merged: Collection[Case],
    reason: str,
    seen: Collection[UUID] = (),
    let_in: Collection[UUID] = (),
) -> Done[Case]:
    """Let cases go on in another: what is joined in them is joined there as well, and they stay to be read.

    Args:
        act: who does it, who works on every one of them.
        into: the case that goes on.
        merged: those that go on in it.
        reason: why they are one matter.
        seen: the grants, by public ids, that the actor was told would show somebody what they did not see before.
        let_in: grants in the merged cases whose holders get the same in the one that goes on.

    Raises:
        RefusedError: when the actor does not work on all of them; does not supervise one of which somebody gains
            sight, or the case into which somebody is let; was told of others than gain sight; a case is named twice
            or too many are; or no reason is given.
    """
    why, numbers = required(reason), {one.pk for one in merged}
    if not numbers or into.pk in numbers or len(numbers) > MOST_AT_ONCE:
        raise RefusedError(
            "Name the cases that go on in this one: others than itself, %(most)s at most.", most=MOST_AT_ONCE
        )
    locked = {one.pk: held(act, one) for one in sorted([into, *merged], key=lambda one: one.pk)}
    into, sources = locked[into.pk], [locked[number] for number in sorted(numbers)]
    gains = _said(act, sources, into, seen)
    carried = _carried(act, sources, into, let_in)
    for source in sources:
        made = _made(act, Sort.MERGE, source, into, why)
        bring(act, made, list(source.parts.filter(ended_at__isnull=True).order_by("pk")), source, into)
        # What was merged into it comes along, so that one place shows who sees them all.
        kind = Case._meta.label_lower
        Placement.objects.bulk_create(
            Placement(kind=kind, object_id=number, compartment_id=into.compartment_id)
            for number in list(family_of(source))
        )
        source.merged_into = into
        source.save(update_fields=["merged_into"])
        _let_in(made, into, carried[source.pk])
    said: Payload = {
        "merged": [str(one.public_id) for one in sources],
        "reason": why,
        "gain_sight": _ids(one for some in gains.values() for one in some),
        "let_in": _ids(one for some in carried.values() for one in some),
    }
    return Done(into, said)


@house_verb("case.split")
def split_case(act: HouseAct, *, case: Case, parts: Collection[Part], title: str, reason: str) -> Done[Case]:
    """Move parts of a case into a new one of the same unit, in which everybody has the grants that they have here.

    Raises:
        RefusedError: when the actor does not work on the case, a part is not in it any more, none is named, there is
            no title or no reason, or the unit has no number series.
    """
    case, why = held(act, case), required(reason)
    title = required(title, "Say in a few words what the new case is about, without a name.")[:200]
    numbers = {part.pk for part in parts}
    moved = list(
        case.parts.filter(ended_at__isnull=True, pk__in=numbers).select_for_update(of=("self",)).order_by("pk")
    )
    if not moved or len(moved) < len(numbers):
        raise RefusedError("Name what goes into the new case: of what is in this one now.")
    new = _opened_beside(act, case, title)
    made = _made(act, Sort.SPLIT, case, new, why)
    bring(act, made, moved, case, new)
    take(act, made, moved, case)
    said: Payload = {
        "case": str(case.public_id),
        "reference": new.reference,
        "title": title,
        "parts": _ids(moved),
        "reason": why,
    }
    return Done(new, said)


@house_verb("case.link")
def link_cases(act: HouseAct, *, case: Case, other: Case, reason: str) -> Done[Rearrangement]:
    """Say that two cases have to do with each other; only who sees both is shown it.

    Raises:
        RefusedError: when the actor does not work on the case or may not see the other, they are the same one or
            related already, or no reason is given.
    """
    case, why = held(act, case), required(reason)
    if case.pk == other.pk or not visible_cases(act.officer, act.at).filter(pk=other.pk).exists():
        raise RefusedError("There is no such case beside this one.")
    between = Q(case=case, other=other) | Q(case=other, other=case)
    if Rearrangement.objects.filter(between, sort=Sort.LINK, undone_at__isnull=True).exists():
        raise RefusedError("They are related already.")
    made = _made(act, Sort.LINK, case, other, why)
    return Done(made, _told(made) | {"reason": why})


@house_verb("case.undo")
def undo_rearrangement(
    act: HouseAct, *, rearrangement: Rearrangement, reason: str, seen: Collection[UUID] = ()
) -> Done[Rearrangement]:
    """Undo a merge, a split or a relation: what lay where lies there again, and what was added since stays.

    Args:
        act: who does it: who works on one of the cases, and for a split on both.
        rearrangement: that stands.
        reason: why.
        seen: of a split, the grants that would show somebody what came back, as for a merge.

    Raises:
        RefusedError: when the actor does not work there, it was undone, a case went on in another since, parts were
            split off further, others gain sight than was told, or no reason is given.
    """
    why = required(reason)
    rooms = [rearrangement.case.compartment_id, rearrangement.other.compartment_id]
    works = [bool(roles_in(act.officer, [room], act.at) & WORKS) for room in rooms]
    if not (all(works) if rearrangement.sort == Sort.SPLIT else any(works)):
        raise RefusedError("Your role in these cases does not extend to this. A supervisor there can give you one.")
    numbers = sorted([rearrangement.case_id, rearrangement.other_id])
    cases = {one.pk: one for one in Case.objects.select_for_update(of=("self",)).filter(pk__in=numbers).order_by("pk")}
    made = Rearrangement.objects.select_for_update(of=("self",)).get(pk=rearrangement.pk)
    if made.undone_at is not None:
        raise RefusedError("It was undone.")
    case, other = cases[made.case_id], cases[made.other_id]
    _require_last(made, case, other)
    gained: Payload = {}
    if made.sort == Sort.MERGE:
        _unmerge(act, made, case, other, why)
    elif made.sort == Sort.SPLIT:
        gains = _said(act, [other], case, seen)
        withdraw(act, made, other, why)
        give_back(act, made, case, why)
        gained = {"gain_sight": _ids(gains[other.pk]), "closed": close_emptied(act, made, other, why)}
    made.undone_by, made.undone_at, made.undone_why = act.officer, act.at, why
    made.save(update_fields=["undone_by", "undone_at", "undone_why"])
    return Done(made, {**_told(made), "reason": why, **gained})


def _said(act: HouseAct, sources: Sequence[Case], into: Case, seen: Collection[UUID]) -> Mapping[int, Sequence[Grant]]:
    gains = gaining(sources, into, act.at)
    for source in sources:
        if gains[source.pk] and Role.SUPERVISOR not in roles_in(act.officer, [source.compartment_id], act.at):
            raise RefusedError(
                "Others would see what lies in %(reference)s: a supervisor of it decides that.",
                reference=source.reference,
            )
    require_said(gains, seen)
    return gains


def _carried(
    act: HouseAct, sources: Sequence[Case], into: Case, let_in: Collection[UUID]
) -> Mapping[int, Sequence[Grant]]:
    """The grants of the merged cases that were chosen; what their holders have where they go on is not given twice."""
    there = grants_there([*sources, into], act.at)
    chosen = {source.pk: [one for one in there[source.pk] if one.public_id in let_in] for source in sources}
    if sum(map(len, chosen.values())) < len(set(let_in)):
        raise RefusedError(CHANGED)
    if let_in and Role.SUPERVISOR not in roles_in(act.officer, [into.compartment_id], act.at):
        raise RefusedError("Only a supervisor of %(reference)s lets others in.", reference=into.reference)
    return chosen


def _let_in(made: Rearrangement, into: Case, chosen: Sequence[Grant]) -> None:
    given = Grant.objects.bulk_create(
        Grant(
            compartment_id=into.compartment_id,
            officer=one.officer,
            unit=one.unit,
            role=one.role,
            via=Via.GIVEN,
            given_at=made.at,
            until=one.until,
        )
        for one in chosen
    )
    LetIn.objects.bulk_create(LetIn(rearrangement=made, grant=one) for one in given)


def _opened_beside(act: HouseAct, case: Case, title: str) -> Case:
    room = Compartment.objects.create(name=title)
    Grant.objects.bulk_create(
        Grant(
            compartment=room,
            officer=one.officer,
            unit=one.unit,
            role=one.role,
            via=one.via,
            given_at=act.at,
            until=one.until,
        )
        for one in grants_there([case], act.at)[case.pk]
    )
    new = Case.objects.create(
        unit=case.unit,
        reference=next_reference(case.unit_id, act.at),
        title=title,
        compartment=room,
        district=case.district,
        marking=case.marking,
        opened_by=act.officer,
        opened_at=act.at,
    )
    place(new, room)
    return new


def _require_last(made: Rearrangement, case: Case, other: Case) -> None:
    if made.sort == Sort.LINK:
        return
    # That it was merged is what the undoing of a merge undoes.
    for one in [other] if made.sort == Sort.MERGE else [case, other]:
        if one.merged_into_id is not None:
            raise RefusedError(
                "%(reference)s was merged into another case since: undo that first.", reference=one.reference
            )
    require_undoable(made)


def _unmerge(act: HouseAct, made: Rearrangement, case: Case, other: Case, why: str) -> None:
    withdraw(act, made, other, why)
    Placement.objects.filter(
        kind=Case._meta.label_lower, compartment=other.compartment_id, object_id__in=list(family_of(case))
    ).delete()
    case.merged_into = None
    case.save(update_fields=["merged_into"])
    given = Grant.objects.filter(pk__in=made.let_in.values("grant"))
    given.filter(Q(until__isnull=True) | Q(until__gt=act.at)).update(until=act.at)


def _made(act: HouseAct, sort: Sort, case: Case, other: Case, reason: str) -> Rearrangement:
    return Rearrangement.objects.create(sort=sort, case=case, other=other, reason=reason, by=act.officer, at=act.at)


def _told(made: Rearrangement) -> dict[str, str]:
    return {"sort": made.sort, "case": str(made.case.public_id), "other": str(made.other.public_id)}


def _ids(records: Iterable[Record]) -> list[str]:
    return sorted(str(one.public_id) for one in records)
