"""Who works at a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.access.selectors import roles_in
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.rules import INTAKE

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.intake.models import Desk
    from kavalan.casework.verbs import HouseAct


def works_at(officer: Officer, desk: Desk, at: datetime) -> bool:
    """Whether the officer takes reports in at the desk, or works on those of it."""
    return not roles_in(officer, desk.compartment_ids(), at).isdisjoint(INTAKE)


def require_works(act: HouseAct, desk: Desk) -> None:
    """Let nobody else.

    Raises:
        RefusedError: when the actor does not work at the desk.
    """
    if not works_at(act.officer, desk, act.at):
        raise RefusedError("Only who works at that intake desk does this.")
