"""Saving what a partner's columns mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from django.db.models import Max

from kavalan.casework.accounts.models import Unit
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import ColumnMapping
from kavalan.casework.intake.services.deliveries import require_intake
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from kavalan.casework.intake.models import Desk
    from kavalan.tips import Columns

_LONGEST = ColumnMapping._meta.get_field("name").max_length or 0


@house_verb("columns.save")
def save_columns(act: HouseAct, *, desk: Desk, name: str, columns: Columns) -> Done[ColumnMapping]:
    """Save what the columns of a partner's tables mean; under a name that is there already, as its next version.

    Raises:
        RefusedError: when the actor takes nothing in at the desk, or the name is missing or too long.
    """
    require_intake(act, desk)
    name = name.strip()
    if not 0 < len(name) <= _LONGEST:
        raise RefusedError("Give the columns a name, of a hundred characters at most: the partner's.")
    # Locked, so that two do not save the same version.
    Unit.objects.select_for_update().get(pk=desk.unit_id)
    there = ColumnMapping.objects.filter(unit=desk.unit_id, name=name).aggregate(last=Max("version", default=0))
    saved = ColumnMapping.objects.create(
        unit_id=desk.unit_id,
        name=name,
        version=there["last"] + 1,
        columns=msgspec.to_builtins(columns),
        saved_by=act.officer,
        saved_at=act.at,
    )
    return Done(saved, {"name": name, "version": saved.version, "columns": saved.columns["meaning"]})
