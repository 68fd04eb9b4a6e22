"""In which district a report lies, by the places that its text names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.cases.places import districts
from kavalan.casework.routing.selectors import offices_for, places_in

if TYPE_CHECKING:
    from kavalan.casework.intake.models import Report


def district_of(report: Report, unit: int) -> str:
    """The one district that it names, an id of the tables of the unit; empty where it names none, or several."""
    offices, known = offices_for(unit), districts(unit)
    named = {place.id for place in places_in(report, offices) if place.id in known}
    return named.pop() if len(named) == 1 else ""
