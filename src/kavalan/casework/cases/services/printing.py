"""Printing a case of which only named persons may be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.access.selectors import visible
from kavalan.casework.cases.models import Case
from kavalan.casework.cases.rules import Marking
from kavalan.casework.errors import RefusedError
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from kavalan.ledger import Payload


@house_verb("case.print")
def print_case(act: HouseAct, *, case: Case, reason: str) -> Done[Case]:
    """Record that a case that is marked red goes on paper, before it does: paper opens to whoever holds it.

    Raises:
        RefusedError: when the case is closed to the actor, not marked so, or it is not said for whom it is.
    """
    seen = Case.objects.filter(visible(Case, act.officer, act.at), pk=case.pk).first()
    if seen is None:
        raise RefusedError("There is no such thing.")
    if seen.marking != Marking.RED:
        raise RefusedError("It is not for named persons only: print it as it is.")
    said: Payload = {"marking": seen.marking, "reason": required(reason, "Say for whom it is, without a name.")}
    return Done(seen, said)
