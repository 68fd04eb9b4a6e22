"""What time limits hang on, and who works there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import roles_in
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.selectors import holds
from kavalan.casework.authority.models import Authority
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.intake.rules import INTAKE

if TYPE_CHECKING:
    from kavalan.casework.clocks.models import Matter
    from kavalan.casework.verbs import HouseAct

_WORKS: Final = frozenset({Role.INVESTIGATOR, Role.EXAMINER, Role.SUPERVISOR})


def hung(matter: Matter) -> dict[str, Matter]:
    """A clock's field that names what it hangs on."""
    if isinstance(matter, Exhibit):
        return {"exhibit": matter}
    return {"authority": matter} if isinstance(matter, Authority) else {"report": matter}


def hung_on(matter: Matter) -> Q:
    """The clocks that hang on it."""
    return Q(**hung(matter))


def require_works(act: HouseAct, matter: Matter) -> None:
    """Refuse whoever does not work on it: in its compartment, or in the unit that was given an authority.

    Raises:
        RefusedError: the actor does not.
    """
    if not _works_on(act, matter):
        raise RefusedError("Only who works on this keeps its time limits.")


def supervises(act: HouseAct, matter: Matter) -> bool:
    """Whether the actor is a supervisor there."""
    if isinstance(matter, Authority):
        return act.officer.unit_id == matter.unit_id and holds(act.officer, [OfficerRole.SUPERVISOR], act.at)
    return Role.SUPERVISOR in roles_in(act.officer, matter.compartment_ids(), act.at)


def _works_on(act: HouseAct, matter: Matter) -> bool:
    if isinstance(matter, Authority):
        return act.officer.unit_id == matter.unit_id
    roles = _WORKS if isinstance(matter, Exhibit) else INTAKE
    return bool(frozenset(roles) & roles_in(act.officer, matter.compartment_ids(), act.at))
