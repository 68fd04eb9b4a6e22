"""Opening a unit's number series, and a case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef

from kavalan.casework.access.models import Compartment, Grant, Role, Via
from kavalan.casework.access.services import place
from kavalan.casework.accounts.models import Officer, RoleHeld
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.selectors import holds, in_force
from kavalan.casework.cases.models import Case, Series
from kavalan.casework.cases.numbering import next_reference
from kavalan.casework.cases.services.joining import put_in
from kavalan.casework.errors import RefusedError
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from django.db.models import Model

OPENS: Final = (OfficerRole.INVESTIGATOR, OfficerRole.SUPERVISOR)
"""Who opens a case of their unit."""
_PREFIX: Final = re.compile(r"[A-Z][A-Z0-9-]{0,19}")


@house_verb("case.open_series")
def open_series(act: HouseAct, *, prefix: str) -> Done[Series]:
    """Open the number series of the actor's unit: its cases are then PREFIX/1/2026 and so on.

    Raises:
        RefusedError: when the actor is no supervisor, the unit has a series, another has the prefix, or it is no
            prefix: a capital letter, then capital letters, digits and hyphens, twenty in all.
    """
    if not holds(act.officer, [OfficerRole.SUPERVISOR], act.at):
        raise RefusedError("Only a supervisor of the unit opens its number series.")
    if not _PREFIX.fullmatch(prefix):
        raise RefusedError("A prefix is capital letters, digits and hyphens, a letter first, twenty at most.")
    if Series.objects.filter(unit=act.officer.unit_id).exists():
        raise RefusedError("Your unit has a number series.")
    if Series.objects.filter(prefix=prefix).exists():
        raise RefusedError("Another unit numbers its cases so.")
    made = Series.objects.create(unit=act.officer.unit, prefix=prefix, opened_by=act.officer, opened_at=act.at)
    return Done(made, {"unit": str(act.officer.unit.public_id), "prefix": prefix})


@house_verb("case.open")
def open_case(
    act: HouseAct, *, title: str, district: str = "", joined: Model | None = None, reason: str = ""
) -> Done[Case]:
    """Open a case of the actor's unit, under the next number of its series.

    Whoever opens it investigates there; the unit's supervisors supervise, and where it has none, the opener.

    Args:
        act: who opens it.
        title: what it is about, in words that name nobody.
        district: the id of a place in the routing tables, or empty.
        joined: the report or exhibit with which it begins; None for an empty one.
        reason: why that belongs here, where it is not plain.

    Raises:
        RefusedError: when the actor is neither investigator nor supervisor, the unit has no series, there is no
            title, or the actor may not see what is joined.
    """
    if not holds(act.officer, OPENS, act.at):
        raise RefusedError("Only an investigator or a supervisor opens a case.")
    title = required(title, "A case needs a title: what it is about, in words that name nobody.")[:200]
    room = Compartment.objects.create(name=title)
    _let_in(act, room)
    case = Case.objects.create(
        unit=act.officer.unit,
        reference=next_reference(act.officer.unit_id, act.at),
        title=title,
        compartment=room,
        district=district,
        opened_by=act.officer,
        opened_at=act.at,
    )
    place(case, room)
    told = {"reference": case.reference, "title": title, "compartment": str(room.public_id)}
    if joined is not None:
        told["part"] = str(put_in(act, case, joined, reason).public_id)
    return Done(case, told)


def _let_in(act: HouseAct, room: Compartment) -> None:
    supervises = RoleHeld.objects.filter(in_force(act.at), officer=OuterRef("pk"), role=OfficerRole.SUPERVISOR)
    heads = list(Officer.objects.filter(Exists(supervises), unit=act.officer.unit_id, is_active=True))
    held = {(one.pk, Role.SUPERVISOR) for one in heads or [act.officer]} | {(act.officer.pk, Role.INVESTIGATOR)}
    Grant.objects.bulk_create(
        Grant(compartment=room, officer_id=number, role=role, via=Via.OPENED, given_at=act.at)
        for number, role in sorted(held)
    )
