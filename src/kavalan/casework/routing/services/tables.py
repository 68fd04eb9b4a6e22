"""Taking in a unit's own table of offices."""

from __future__ import annotations

import hashlib

from kavalan.casework.accounts.models import Unit
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.selectors import holds
from kavalan.casework.errors import RefusedError
from kavalan.casework.routing.models import OwnTable
from kavalan.casework.routing.tables import TableError, packaged_table, read_table
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb


@house_verb("routing.adopt")
def adopt_table(act: HouseAct, *, text: str, reason: str) -> Done[OwnTable]:
    """Take in a table of the actor's unit, whole, as a new version; what was decided by an earlier one stays as it is.

    Args:
        act: a supervisor of the unit.
        text: TOML, as `routing.tables` reads it.
        reason: what changed, and where that was read.

    Raises:
        RefusedError: when the actor is no supervisor, the table does not hold together or is the one in force, or no
            reason is given.
    """
    if not holds(act.officer, [OfficerRole.SUPERVISOR], act.at):
        raise RefusedError("Only a supervisor of the unit takes a table in.")
    why = required(reason)
    try:
        table = read_table(text, packaged_table())
    except TableError as error:
        raise RefusedError("The table cannot be taken in: %(why)s", why=str(error)) from error
    # Locked, so that two supervisors do not take one number.
    unit = Unit.objects.select_for_update().get(pk=act.officer.unit_id)
    sha256, last = hashlib.sha256(text.encode()).digest(), OwnTable.objects.filter(unit=unit).order_by("version").last()
    if last is not None and bytes(last.sha256) == sha256:
        raise RefusedError("This is the table in force.")
    made = OwnTable.objects.create(
        unit=unit,
        version=last.version + 1 if last else 1,
        text=text,
        sha256=sha256,
        reason=why,
        taken_by=act.officer,
        taken_at=act.at,
    )
    return Done(
        made, {"version": made.version, "sha256": made.sha256_hex, "offices": len(table.office), "reason": made.reason}
    )
