"""What rearrangements do to parts, and how that is undone; parts of the verbs.

A part that a person joined stays until a person ends it. One that merges or a split brought has a `Shift` of each, and
ends when the last of them is undone. Rows end, or are taken up again; none is deleted.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kavalan.casework.access.models import Placement
from kavalan.casework.cases.models import Effect, Part, Rearrangement, Shift
from kavalan.casework.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kavalan.casework.cases.models import Case
    from kavalan.casework.verbs import HouseAct

    Key = tuple[str, int]
    """A part's kind, and the number of what it is."""


def bring(act: HouseAct, made: Rearrangement, parts: Sequence[Part], source: Case, into: Case) -> None:
    """Let what these parts of one case are be parts of another; nothing is in it twice.

    Args:
        act: who does it.
        made: the rearrangement of which this is a part.
        parts: what is brought.
        source: whose parts they are; what lies in its compartment is put into the other's.
        into: locked.
    """
    there = {_key(part): part for part in into.parts.filter(ended_at__isnull=True)}
    new = [part for part in parts if _key(part) not in there]
    placed = (_lying(new, source) - _lying(new, into)) if new else set()
    added = Part.objects.bulk_create(
        Part(
            case=into,
            kind=part.kind,
            object_id=part.object_id,
            reason=part.reason,
            added_by=act.officer,
            added_at=act.at,
        )
        for part in new
    )
    _place(placed, into)
    shifts = [
        Shift(rearrangement=made, part=part, effect=Effect.BROUGHT, placed=_key(part) in placed) for part in added
    ]
    # What a merge or a split brought before stays for as long as one of them stands; what a person joined, anyhow.
    brought = _brought([there[_key(part)] for part in parts if _key(part) in there])
    shifts += [
        Shift(rearrangement=made, part_id=number, effect=Effect.BROUGHT, placed=of[0].placed)
        for number, of in brought.items()
    ]
    Shift.objects.bulk_create(shifts)


def take(act: HouseAct, made: Rearrangement, parts: Sequence[Part], case: Case) -> None:
    """End these parts of a case, as a split does, and remember how they lay."""
    lying = _lying(parts, case)
    Shift.objects.bulk_create(
        Shift(rearrangement=made, part=part, effect=Effect.TOOK, placed=_key(part) in lying) for part in parts
    )
    _end(act, parts, made.reason)
    _displace(lying, case)


def require_undoable(made: Rearrangement) -> None:
    """Hold to the order in which parts went on.

    Raises:
        RefusedError: a later split took away what this one brought.
    """
    brought = made.shifts.filter(effect=Effect.BROUGHT).values("part")
    later = Shift.objects.filter(part__in=brought, effect=Effect.TOOK, rearrangement__undone_at__isnull=True)
    if (one := later.select_related("rearrangement__other").first()) is not None:
        raise RefusedError(
            "Part of it was split off as %(reference)s since: undo that first.",
            reference=one.rearrangement.other.reference,
        )


def withdraw(act: HouseAct, made: Rearrangement, case: Case, why: str) -> None:
    """End what the rearrangement brought into the case, where nothing else that stands brought it as well."""
    shifts = list(made.shifts.filter(effect=Effect.BROUGHT, part__ended_at__isnull=True).select_related("part"))
    kept = _brought([shift.part for shift in shifts], but=made)
    going = [shift for shift in shifts if shift.part_id not in kept]
    _end(act, [shift.part for shift in going], why)
    _displace({_key(shift.part) for shift in going if shift.placed}, case)


def give_back(act: HouseAct, made: Rearrangement, case: Case, why: str) -> None:
    """Take up again what the rearrangement took from the case, with what had brought it there."""
    shifts = list(made.shifts.filter(effect=Effect.TOOK).select_related("part"))
    there = {_key(part): part for part in case.parts.filter(ended_at__isnull=True)}
    brought = _brought([*(shift.part for shift in shifts), *there.values()])
    again: list[Shift] = []
    for shift in shifts:
        now = there.get(_key(shift.part))
        if now is None:
            again.append(shift)
        elif now.pk in brought and shift.part_id not in brought:
            # A person had joined it: that stands, whatever else has brought it since.
            _end(act, [now], why)
            again.append(shift)
        elif now.pk in brought:
            Shift.objects.bulk_create([_anew(one, now) for one in brought[shift.part_id]], ignore_conflicts=True)
    Part.objects.filter(pk__in=[shift.part_id for shift in again]).update(ended_by=None, ended_at=None, ended_why="")
    lying = _lying([shift.part for shift in again], case)
    _place({_key(shift.part) for shift in again if shift.placed} - lying, case)


def _anew(shift: Shift, part: Part) -> Shift:
    return Shift(rearrangement=shift.rearrangement, part=part, effect=shift.effect, placed=shift.placed)


def _key(part: Part) -> Key:
    return part.kind, part.object_id


def _brought(parts: Collection[Part], but: Rearrangement | None = None) -> Mapping[int, Sequence[Shift]]:
    """Which of them were brought by rearrangements that stand, and by which; by the part's number."""
    found: dict[int, list[Shift]] = defaultdict(list)
    standing = Shift.objects.filter(
        part__in=[part.pk for part in parts], effect=Effect.BROUGHT, rearrangement__undone_at__isnull=True
    )
    for shift in standing.select_related("rearrangement").order_by("pk"):
        if but is None or shift.rearrangement_id != but.pk:
            found[shift.part_id].append(shift)
    return found


def _end(act: HouseAct, parts: Sequence[Part], why: str) -> None:
    ending = Part.objects.filter(pk__in=[part.pk for part in parts], ended_at__isnull=True)
    ending.update(ended_by=act.officer, ended_at=act.at, ended_why=why)


def _lying(parts: Sequence[Part], case: Case) -> set[Key]:
    """Which of them lie in the case's compartment; what is seen through something else lies in none."""
    found: set[Key] = set()
    for kind, numbers in _by_kind(_key(part) for part in parts).items():
        there = Placement.objects.filter(compartment=case.compartment_id, kind=kind, object_id__in=numbers)
        found |= {(kind, number) for number in there.values_list("object_id", flat=True)}
    return found


def _place(keys: Iterable[Key], case: Case) -> None:
    Placement.objects.bulk_create(
        Placement(kind=kind, object_id=number, compartment_id=case.compartment_id) for kind, number in sorted(keys)
    )


def _displace(keys: Iterable[Key], case: Case) -> None:
    for kind, numbers in _by_kind(keys).items():
        Placement.objects.filter(compartment=case.compartment_id, kind=kind, object_id__in=numbers).delete()


def _by_kind(keys: Iterable[Key]) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for kind, number in keys:
        found[kind].append(number)
    return found
