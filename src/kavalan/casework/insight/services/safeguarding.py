"""Recording that a child was brought to safety."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from kavalan.casework.access.selectors import visible
from kavalan.casework.cases.family import goes_on_in
from kavalan.casework.cases.working import held
from kavalan.casework.errors import RefusedError
from kavalan.casework.identities.models import Identity
from kavalan.casework.identities.rules import Kind
from kavalan.casework.insight.models import Safeguarded
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from datetime import date

    from kavalan.casework.cases.models import Case


@house_verb("case.safeguard")
def record_safeguarded(act: HouseAct, *, case: Case, pseudonym: str, happened_on: date) -> Done[Safeguarded]:
    """Record in a case that a child was brought to safety.

    Args:
        act: who records it, who works on the case.
        case: of which.
        pseudonym: the child's, whose name is sealed where the actor may know of it.
        happened_on: the day.

    Raises:
        RefusedError: when the actor does not work on the case, no child of that pseudonym is open to them, it is
            recorded already, or the day lies ahead.
    """
    case = held(act, case)
    there = visible(Identity, act.officer, act.at)
    child = Identity.objects.filter(there, kind=Kind.CHILD, pseudonym__iexact=pseudonym.strip()).first()
    if child is None:
        raise RefusedError("There is no child of this pseudonym. Seal the child's name first; never type it here.")
    if happened_on > timezone.localdate(act.at):
        raise RefusedError("What is entered has happened; this lies ahead.")
    if Safeguarded.objects.filter(case=case, child=child, withdrawn_at__isnull=True).exists():
        raise RefusedError("It is recorded in this case already.")
    made = Safeguarded.objects.create(
        case=case, child=child, happened_on=happened_on, entered_by=act.officer, entered_at=act.at
    )
    return Done(made, {"case": str(case.public_id), "child": child.pseudonym, "on": happened_on.isoformat()})


@house_verb("case.withdraw_safeguard")
def withdraw_safeguarded(act: HouseAct, *, row: Safeguarded, reason: str) -> Done[Safeguarded]:
    """Withdraw what was recorded wrongly; the row stays and says why.

    Raises:
        RefusedError: when the actor does not work on the case, it was withdrawn already, or no reason is given.
    """
    held(act, goes_on_in(row.case))
    row = Safeguarded.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.withdrawn_at is not None:
        raise RefusedError("It was withdrawn already.")
    row.withdrawn_by, row.withdrawn_at, row.withdrawn_why = act.officer, act.at, required(reason)
    row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_why"])
    return Done(row, {"case": str(row.case.public_id), "reason": row.withdrawn_why})
