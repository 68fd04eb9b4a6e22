"""Who changes something at all, asked by verbs that are open to everybody of a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.accounts.selectors import reads_only
from kavalan.casework.errors import RefusedError

if TYPE_CHECKING:
    from kavalan.casework.verbs import HouseAct


def require_no_auditor(act: HouseAct) -> None:
    """Let nobody who audits and is nothing else: whoever watches over the work takes no part in it.

    Raises:
        RefusedError: when the actor is such.
    """
    if reads_only(act.officer, act.at):
        raise RefusedError("You audit: you read what was done, and change nothing.")
