"""Who may do what about an operation, asked by every verb of operations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import roles_in
from kavalan.casework.errors import RefusedError
from kavalan.casework.operations.models import Operation

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.verbs import HouseAct

WORKS: Final[Collection[Role]] = frozenset({Role.INVESTIGATOR, Role.SUPERVISOR})
"""Who tells what happened at sites; others with a grant there read it."""
LEADS: Final[Collection[Role]] = frozenset({Role.SUPERVISOR})
"""Who lets in, takes sites in and closes."""


def may(officer: Officer, operation: Operation, roles: Collection[Role], now: datetime) -> bool:
    """Whether the officer holds one of the roles where the operation lies."""
    return bool(roles_in(officer, [operation.compartment_id], now).intersection(roles))


def require(act: HouseAct, operation: Operation, roles: Collection[Role] = WORKS) -> None:
    """Let nobody else.

    Raises:
        RefusedError: when the actor holds none of the roles where the operation lies.
    """
    if not may(act.officer, operation, roles, act.at):
        raise RefusedError("Your role in this operation does not extend to this. A supervisor there can give you one.")


def held(act: HouseAct, operation: Operation, roles: Collection[Role] = LEADS) -> Operation:
    """The operation, locked, for an officer who holds one of the roles there.

    Raises:
        RefusedError: as `require`.
    """
    require(act, operation, roles)
    return Operation.objects.select_for_update(of=("self",)).select_related("unit").get(pk=operation.pk)
