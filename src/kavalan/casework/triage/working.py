"""Who may do what about a report, asked by every verb of triage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import roles_in
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Report
from kavalan.casework.intake.rules import INTAKE

if TYPE_CHECKING:
    from kavalan.casework.verbs import HouseAct


def held(act: HouseAct, report: Report) -> Report:
    """The report, locked, for an officer who works on reports where it lies.

    Raises:
        RefusedError: when the actor does not.
    """
    if not roles_in(act.officer, report.compartment_ids(), act.at).intersection(INTAKE):
        raise RefusedError("Only who takes in reports where this one lies works on it.")
    return Report.objects.select_for_update(of=("self",)).select_related("desk__unit").get(pk=report.pk)


def supervises(act: HouseAct, report: Report) -> bool:
    """Whether the actor is a supervisor where the report lies."""
    return Role.SUPERVISOR in roles_in(act.officer, report.compartment_ids(), act.at)
