"""Whose figures an officer may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.selectors import held_roles

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer


@dataclass(frozen=True, slots=True)
class Sight:
    """What an officer may see: the unit's own figures, and those of all units together."""

    unit: bool
    all_units: bool


def sight_of(officer: Officer, now: datetime) -> Sight:
    """Supervisors and auditors see their unit's figures, auditors those of all units too; others see none.

    An auditor changes nothing and opens nothing by it, and is who asks of the whole; a supervisor has no need to know
    how another unit fares, and a list of units beside each other would be read as a contest.
    """
    roles = held_roles(officer, now)
    audits = OfficerRole.AUDITOR in roles
    return Sight(unit=audits or OfficerRole.SUPERVISOR in roles, all_units=audits)
