"""What a table of sites is judged by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.accounts.models import Officer
from kavalan.casework.cases.places import districts
from kavalan.casework.cases.selectors import visible_cases
from kavalan.casework.operations.judging import Known, badges_of, district_key
from kavalan.casework.operations.models import TeamMember
from kavalan.casework.routing.selectors import offices_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from kavalan.casework.operations.models import Operation
    from kavalan.casework.operations.tables import Table


def known_for(table: Table, operation: Operation, officer: Officer, now: datetime) -> Known:
    """What is known of what the table names; as many queries for 500 rows as for one."""
    badges = {badge for row in table.rows for badge in badges_of(row)}
    there = Officer.objects.filter(badge__in=badges, is_active=True).select_related("unit")
    named = {row["case"] for row in table.rows} - {""}
    cases = visible_cases(officer, now).filter(reference__in=named)
    leads = TeamMember.objects.filter(team__operation=operation, leads=True)
    return Known(
        district_names(operation.unit_id),
        {one.badge: one for one in there},
        {case.reference: case for case in cases},
        set(operation.sites.values_list("reference", flat=True)),
        {name: court for name, court in operation.warrants.values_list("reference", "court") if court},
        dict(leads.values_list("team__name", "badge")),
    )


def district_names(unit: int) -> Mapping[str, str]:
    """The ids of the districts of a unit's tables, by their names, other names, codes and ids, as `district_key`."""
    places = offices_for(unit).places
    names: dict[str, str] = {}
    for key in districts(unit):
        place = places[key]
        codes = [str(place.lgd)] if place.lgd else []
        names |= {district_key(name): key for name in (place.name, *place.also, *codes, key)}
    return names
