"""Who may do what about a case, asked by every verb of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import roles_in
from kavalan.casework.cases.models import Case
from kavalan.casework.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Collection

    from kavalan.casework.verbs import HouseAct

WORKS: Final = frozenset({Role.INVESTIGATOR, Role.SUPERVISOR})
"""Who works on a case where it lies; others with a grant there read it."""


def held(act: HouseAct, case: Case, roles: Collection[Role] = WORKS) -> Case:
    """The case, locked, for an officer who holds one of the roles where it lies.

    Raises:
        RefusedError: when the actor does not, or the case goes on in another.
    """
    if not roles_in(act.officer, [case.compartment_id], act.at).intersection(roles):
        raise RefusedError("Your role in this case does not extend to this. A supervisor there can give you one.")
    case = Case.objects.select_for_update(of=("self",)).select_related("unit").get(pk=case.pk)
    if case.merged_into_id is not None:
        raise RefusedError("This case was merged: it goes on in the other one.")
    return case
