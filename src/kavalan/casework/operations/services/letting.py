"""Letting the teams of an operation in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.access.models import Grant, Role, Via
from kavalan.casework.errors import RefusedError
from kavalan.casework.operations.selectors.teams import to_let_in
from kavalan.casework.operations.working import held
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.operations.models import Operation


@house_verb("operation.let_teams_in")
def let_teams_in(act: HouseAct, *, operation: Operation, until: datetime | None = None) -> Done[Operation]:
    """Let every officer of this desk who is in a team of the operation in, to tell what happens at its sites.

    Args:
        act: a supervisor of the operation.
        operation: where to.
        until: when this ends, aware UTC; None where it does not.

    Raises:
        RefusedError: when the actor does not supervise the operation, its end has passed, or nobody is left to let in.
    """
    operation = held(act, operation)
    if until is not None and until <= act.at:
        raise RefusedError("This end has passed.")
    officers = to_let_in(operation, act.at)
    if not officers:
        raise RefusedError("Every officer of the teams who works at this desk was let in.")
    given = {"compartment_id": operation.compartment_id, "given_at": act.at, "until": until}
    Grant.objects.bulk_create(
        Grant(officer=officer, role=Role.INVESTIGATOR, via=Via.GIVEN, **given) for officer in officers
    )
    said = {"officers": sorted(str(officer.public_id) for officer in officers), "role": Role.INVESTIGATOR.value}
    return Done(operation, said | {"until": until.isoformat() if until else None})
