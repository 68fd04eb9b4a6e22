"""The districts in which cases lie: those of the routing tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.routing.selectors import offices_for

if TYPE_CHECKING:
    from collections.abc import Mapping


def districts(unit: int) -> Mapping[str, str]:
    """The names of the districts that a unit's tables know, by their ids: the places in which no other lies."""
    places = offices_for(unit).places
    around = {place.within for place in places.values()}
    return {key: place.name for key, place in places.items() if key not in around}


def district_name(unit: int, district: str) -> str:
    """What a district is called; its id where the tables know it no more."""
    return districts(unit).get(district, district)
