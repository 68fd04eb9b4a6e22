"""Saying who may be told of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.casework.access.models import Role
from kavalan.casework.cases.models import MarkingSet
from kavalan.casework.cases.rules import Marking
from kavalan.casework.cases.working import WORKS, held
from kavalan.casework.errors import RefusedError
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from kavalan.casework.cases.models import Case

_WIDTH: Final = list(Marking)
"""From the narrowest to the widest, as they are listed."""


@house_verb("case.mark")
def mark_case(act: HouseAct, *, case: Case, marking: Marking, reason: str) -> Done[MarkingSet]:
    """Set the handling mark of a case: narrower by whoever works on it, wider by a supervisor of it.

    Raises:
        RefusedError: when the actor may not, it is marked so already, or no reason is given.
    """
    widens = _WIDTH.index(marking) > _WIDTH.index(Marking(case.marking))
    case = held(act, case, {Role.SUPERVISOR} if widens else WORKS)
    if case.marking == marking:
        raise RefusedError("It is marked so already.")
    made = MarkingSet.objects.create(
        case=case, marking=marking, reason=required(reason), set_by=act.officer, set_at=act.at
    )
    told = {"case": str(case.public_id), "from": case.marking, "to": marking.value, "reason": made.reason}
    case.marking = marking
    case.save(update_fields=["marking"])
    return Done(made, told)
