"""Which office takes what, where and from when to when, as data; every statement with its source and how sure it is.

Places are the State's and the revenue districts', with the codes of the Local Government Directory. Offices stand apart
from them: a police district may cover a part of one, and an office is put under another on a day.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from kavalan.law import Certainty

if TYPE_CHECKING:
    from collections.abc import Mapping

Key = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
Tier = Literal["station", "district", "state", "national"]
Offence = Literal["online", "contact"]
MOST_BYTES = 500_000
"""A table of every station of a State is smaller."""


class TableError(Exception):
    """A table does not hold together; the text says what and where."""


class _Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Read from a file: what is not described here is refused."""


class Place(_Struct, frozen=True):
    """A country, a State or a revenue district.

    Attributes:
        id: how tables name it.
        name: its own.
        lgd: its code in the Local Government Directory.
        within: the place of which it is a part.
        also: other names and spellings.
    """

    id: Key
    name: Text
    lgd: Annotated[int, msgspec.Meta(ge=1)] | None = None
    within: Key | None = None
    also: tuple[Text, ...] = ()


class Term(_Struct, frozen=True, kw_only=True):
    """What holds of an office for a time.

    Attributes:
        since: the first day for which the source vouches; before it the table says nothing.
        until: the last day; None while no end is known.
        covers: the places for which it is there.
        part: it covers a part of them only, beside others.
        takes: which offences.
        under: the office to which it reports.
        holder: by which post it is held; never a person's name.
        certainty: V, S or M, as in the law's data.
        source: where it was read.
    """

    since: date
    until: date | None = None
    covers: Annotated[tuple[Key, ...], msgspec.Meta(min_length=1)]
    part: bool = False
    takes: Annotated[tuple[Offence, ...], msgspec.Meta(min_length=1)]
    under: Key | None = None
    holder: Text | None = None
    certainty: Certainty
    source: Text

    def holds(self, on: date) -> bool:
        """Whether it holds on that day."""
        return self.since <= on and (self.until is None or on <= self.until)


class Office(_Struct, frozen=True):
    """An office, with its terms in the order of time; `unit` is its name at this desk, where it works here."""

    id: Key
    name: Text
    tier: Tier
    term: Annotated[tuple[Term, ...], msgspec.Meta(min_length=1)]
    unit: Text | None = None


class Table(_Struct, frozen=True):
    """A table of offices: what it is called, the day on which it was drawn up, its places, its offices."""

    title: Text
    drawn_up: date
    place: tuple[Place, ...] = ()
    office: tuple[Office, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """An office with the table that names it; `own` where that is a unit's own."""

    office: Office
    table: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Directory:
    """Tables taken together: every place and every office by its id."""

    places: Mapping[str, Place]
    offices: Mapping[str, Listed]

    def above(self, place: str) -> list[Place]:
        """The place and those of which it is a part, the nearest first; nothing where it is not known."""
        found: list[Place] = []
        at: str | None = place
        while at is not None and at in self.places:
            found.append(self.places[at])
            at = self.places[at].within
        return found


def read_table(text: str, base: Table | None = None) -> Table:
    """A table from TOML, strictly.

    Args:
        text: of the file.
        base: the table beside which it will stand, whose places and offices it may name.

    Raises:
        TableError: something is missing, unknown, given twice, or does not follow in time.
    """
    if len(text.encode()) > MOST_BYTES:
        message = f"more than {MOST_BYTES} bytes; a table is smaller"
        raise TableError(message)
    try:
        table = msgspec.convert(tomllib.loads(text), Table)
    except ValueError as error:  # msgspec's and TOML's faults are ValueErrors
        raise TableError(str(error)) from error
    if why := _fault(table, base):
        raise TableError(why)
    return table


@cache
def packaged_table() -> Table:
    """The table that comes with Kavalan, read once."""
    return read_table((files("kavalan.casework.routing") / "data" / "kerala.toml").read_text("utf-8"))


def directory(base: tuple[str, Table], own: tuple[str, Table] | None = None) -> Directory:
    """Tables under their names, taken together: an office that the own one names again is told by that alone."""
    name, table = base
    places = {place.id: place for place in table.place}
    offices = {office.id: Listed(office, name) for office in table.office}
    if own is not None:
        name, table = own
        places |= {place.id: place for place in table.place}
        offices |= {office.id: Listed(office, name, own=True) for office in table.office}
    return Directory(places, offices)


def _fault(table: Table, base: Table | None) -> str | None:
    beside = base or Table(table.title, table.drawn_up)
    places = [place.id for place in (*beside.place, *table.place)]
    offices = [office.id for office in table.office]
    # A place of the other table is not described anew: what lies within what would be told in two ways.
    for ids in (places, offices):
        if twice := next((one for one in ids if ids.count(one) > 1), None):
            return f"{twice} is given twice"
    known, named = set(places), {*offices, *(office.id for office in beside.office)}
    faults = [_fault_of_place(place, table, known) for place in table.place]
    faults += [_fault_of_office(office, known, named) for office in table.office]
    return next((why for why in faults if why), None)


def _fault_of_place(place: Place, table: Table, known: set[str]) -> str | None:
    if place.within is not None and place.within not in known:
        return f"{place.id} lies within {place.within}, which is no place of the table"
    passed, within = {place.id}, {one.id: one.within for one in table.place}
    at = place.within
    while at is not None:
        if at in passed:
            return f"{place.id} lies within itself"
        passed.add(at)
        at = within.get(at)
    return None


def _fault_of_office(office: Office, known: set[str], named: set[str]) -> str | None:
    for term in office.term:
        if term.until is not None and term.until < term.since:
            return f"{office.id} ends on {term.until}, before it begins on {term.since}"
        if lost := next((place for place in term.covers if place not in known), None):
            return f"{office.id} covers {lost}, which is no place of the table"
        if term.under is not None and term.under not in named - {office.id}:
            return f"{office.id} is under {term.under}, which is no other office of the table"
    for earlier, later in pairwise(office.term):
        if earlier.until is None or later.since <= earlier.until:
            return f"{office.id}: the term from {later.since} begins before the one from {earlier.since} has ended"
    return None
