"""Entering the numbers that others give a case, and withdrawing them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.cases.models import ExternalNumber
from kavalan.casework.cases.numbers import folded
from kavalan.casework.cases.working import held
from kavalan.casework.errors import RefusedError
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from kavalan.casework.cases.models import Case
    from kavalan.casework.cases.rules import NumberKind


@house_verb("case.add_number")
def add_number(act: HouseAct, *, case: Case, kind: NumberKind, number: str, office: str = "") -> Done[ExternalNumber]:
    """Enter what another office calls the case.

    Args:
        act: who does it.
        case: which.
        kind: whose number it is.
        number: as it is written there.
        office: which station, court or laboratory, where the number alone does not say it.

    Raises:
        RefusedError: when the actor does not work on the case, there is no number, or it stands there already.
    """
    case = held(act, case)
    number, office = " ".join(number.split())[:100], " ".join(office.split())[:200]
    key = folded(number)[:100]
    if not key:
        raise RefusedError("A number needs a digit or a letter.")
    if case.numbers.filter(kind=kind, folded=key, office=office, withdrawn_at__isnull=True).exists():
        raise RefusedError("This number stands on the case already.")
    made = ExternalNumber.objects.create(
        case=case, kind=kind, number=number, folded=key, office=office, added_by=act.officer, added_at=act.at
    )
    return Done(made, _said(made, case))


@house_verb("case.withdraw_number")
def withdraw_number(act: HouseAct, *, number: ExternalNumber, reason: str) -> Done[ExternalNumber]:
    """Say that a number does not belong to the case; it stays, with the reason.

    Raises:
        RefusedError: when the actor does not work on the case, it was withdrawn already, or no reason is given.
    """
    case = held(act, number.case)
    number = ExternalNumber.objects.select_for_update(of=("self",)).get(pk=number.pk)
    if number.withdrawn_at is not None:
        raise RefusedError("It was withdrawn already.")
    number.withdrawn_by, number.withdrawn_at, number.withdrawn_why = act.officer, act.at, required(reason)
    number.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_why"])
    return Done(number, _said(number, case) | {"reason": number.withdrawn_why})


def _said(number: ExternalNumber, case: Case) -> dict[str, str]:
    return {"case": str(case.public_id), "kind": number.kind, "number": number.number, "office": number.office}
