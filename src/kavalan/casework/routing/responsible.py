"""Who is there for a place and an offence on a day, and by which row of which table. A suggestion; a person decides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kavalan.identifiers import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from kavalan.casework.routing.tables import Directory, Listed, Offence, Office, Place, Term, Tier

_NEARNESS: dict[Tier, int] = {"station": 0, "district": 1, "state": 2, "national": 3}


@dataclass(frozen=True, slots=True)
class Found:
    """An office that is there for it, the term that says so, and the place by which it was found."""

    listed: Listed
    term: Term
    place: Place

    @property
    def row(self) -> str:
        """Which row of which table, as a transfer names it."""
        return row_of(self.listed.table, self.listed.office, self.term)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the tables say.

    Attributes:
        nearest: the offices that are nearest to the place; several where the tables cannot tell them apart.
        further: the others that are there for it, the nearest first.
    """

    nearest: Sequence[Found]
    further: Sequence[Found]

    @property
    def unknown(self) -> bool:
        """Whether no row speaks of it."""
        return not self.nearest


def row_of(table: str, office: Office, term: Term) -> str:
    """A row as a transfer names it: by its table, its office and the first day of its term."""
    return f"{table}: {office.id}, {term.since}"


def responsible(directory: Directory, place: str, offence: Offence, on: date) -> Answer:
    """Who is there for an offence at a place on a day.

    The nearer place goes before the wider one, a station before a district, that before a State. Every office that a
    row names for it is in the answer, once; where no row does, the answer is that it is unknown.
    """
    found = sorted(_found(directory, place, offence, on), key=lambda one: (one[0], one[1].listed.office.name))
    nearest = [one for rank, one in found if rank == found[0][0]]
    return Answer(nearest, [one for rank, one in found if rank != found[0][0]])


def places_named(directory: Directory, texts: Iterable[str]) -> list[Place]:
    """The places of which the texts speak by name, the narrowest first; a guess from words, and no finding."""
    text = " " + " ".join(_words(one) for one in texts) + " "
    named = [place for place in directory.places.values() if any(f" {_words(name)} " in text for name in _names(place))]
    return sorted(named, key=lambda place: (-len(directory.above(place.id)), place.name))


def _found(directory: Directory, place: str, offence: Offence, on: date) -> Iterable[tuple[tuple[int, int], Found]]:
    around = directory.above(place)
    for listed in directory.offices.values():
        term = next((term for term in listed.office.term if term.holds(on)), None)
        if term is None or offence not in term.takes:
            continue
        at = next((number for number, one in enumerate(around) if one.id in term.covers), None)
        if at is not None:
            yield (at, _NEARNESS[listed.office.tier]), Found(listed, term, around[at])


def _names(place: Place) -> Iterable[str]:
    return (place.name, *place.also)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))
