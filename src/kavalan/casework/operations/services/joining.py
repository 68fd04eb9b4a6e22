"""Putting a case into an operation, and taking it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.access.selectors import roles_in
from kavalan.casework.cases.working import WORKS as WORKS_ON_CASE
from kavalan.casework.errors import RefusedError
from kavalan.casework.operations.models import OperationCase
from kavalan.casework.operations.working import WORKS, held
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from kavalan.casework.cases.models import Case
    from kavalan.casework.operations.models import Operation


@house_verb("operation.add_case")
def add_case(act: HouseAct, *, operation: Operation, case: Case) -> Done[OperationCase]:
    """Say that a case belongs to an operation; nobody sees more of either by it.

    Raises:
        RefusedError: when the actor does not work on both, or the case is in the operation.
    """
    operation = held(act, operation, WORKS)
    if not roles_in(act.officer, [case.compartment_id], act.at).intersection(WORKS_ON_CASE):
        raise RefusedError("Only who works on a case puts it into an operation.")
    if operation.joined.filter(case=case, ended_at__isnull=True).exists():
        raise RefusedError("This case is in the operation already.")
    made = OperationCase.objects.create(operation=operation, case=case, added_by=act.officer, added_at=act.at)
    return Done(made, _said(made))


@house_verb("operation.end_case")
def end_case(act: HouseAct, *, joined: OperationCase, reason: str) -> Done[OperationCase]:
    """Take a case out of an operation; the row stays and says why.

    Raises:
        RefusedError: when the actor does not work in the operation, it is not in it any more, or no reason is given.
    """
    held(act, joined.operation, WORKS)
    joined = OperationCase.objects.select_for_update(of=("self",)).select_related("operation", "case").get(pk=joined.pk)
    if joined.ended_at is not None:
        raise RefusedError("It is not in this operation any more.")
    joined.ended_by, joined.ended_at, joined.ended_why = act.officer, act.at, required(reason)
    joined.save(update_fields=["ended_by", "ended_at", "ended_why"])
    return Done(joined, _said(joined) | {"reason": joined.ended_why})


def _said(joined: OperationCase) -> dict[str, str]:
    return {"operation": str(joined.operation.public_id), "case": str(joined.case.public_id)}
