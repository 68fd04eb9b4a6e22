"""The filters of the item table as links, each with how many items it would leave: counted over tallies, not items."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from kavalan.casework.exhibits.rules import (
    PLACE_WORDS,
    Family,
    ItemFilter,
    Listing,
    Novelty,
    Seal,
    Standing,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.functional import _StrPromise

    from kavalan.casework.exhibits.forms import ItemsQuery
    from kavalan.casework.exhibits.models import Tally

_FAMILIES = {Family.PICTURE: _("Pictures"), Family.VIDEO: _("Videos"), Family.OTHER: _("Other files")}


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter: its link adds it to the others, or takes it away where it is chosen.

    Attributes:
        label: in the reader's words.
        address: the query string of the link.
        items: how many there are with it and the other filters.
        others: how many there are with the other filters alone.
        chosen: whether it holds now.
    """

    label: str | _StrPromise
    address: str
    items: int
    others: int
    chosen: bool


class Facets:
    """All filters of one page.

    Args:
        tallies: of the exhibit.
        query: what is asked now.
    """

    def __init__(self, tallies: Sequence[Tally], query: ItemsQuery) -> None:
        self._tallies = [tally for tally in tallies if tally.seal == Seal.OPEN and tally.items]
        self._query = query
        self.items = self._count(query.asked)

    @property
    def sorts(self) -> list[Facet]:
        """By what sort of file it is, and what is to be said of it."""
        families = [self._facet(label, "family", family.value, family) for family, label in _FAMILIES.items()]
        return [
            *families,
            self._switch(_("Not wholly readable"), "unread", "unread_only"),
            self._switch(_("On a list"), "known", "known_only"),
            self._switch(_("Deleted"), "deleted", "deleted_only"),
        ]

    @property
    def standings(self) -> list[Facet]:
        """By what lists make of them, as far as there are any."""
        held = sorted({tally.standing for tally in self._tallies if tally.standing > Standing.KNOWN_GOOD}, reverse=True)
        return [self._standing(Standing(standing)) for standing in held]

    @property
    def places(self) -> list[Facet]:
        """By the classes of places in which there are any."""
        held = {tally.place for tally in self._tallies}
        return [self._place(place) for place in PLACE_WORDS if place in held]

    @property
    def chosen(self) -> list[Facet]:
        """Those that hold now."""
        return [facet for facet in (*self.sorts, *self.standings, *self.places) if facet.chosen]

    @property
    def further(self) -> bool:
        """Whether one of the lists or places is chosen."""
        return any(facet.chosen for facet in (*self.standings, *self.places))

    @property
    def thinned(self) -> int:
        """How many of what is asked for are left out by thinning."""
        return self._count(replace(self._query.asked, thinned=False)) - self.items

    @property
    def unthinned(self) -> str:
        """The query string of the same list with them."""
        return self._query.with_filter("thinned", "")

    def _standing(self, standing: Standing) -> Facet:
        return self._facet(standing.label, "standing", standing.name.lower(), standing)

    def _place(self, place: str) -> Facet:
        return self._facet(PLACE_WORDS[place], "place", place, place)

    def _switch(self, label: str | _StrPromise, name: str, field: str) -> Facet:
        return self._made(label, name, "1", {field: True}, {field: False})

    def _facet(self, label: str | _StrPromise, name: str, value: str, held: Family | Standing | str) -> Facet:
        return self._made(label, name, value, {name: held}, {name: None})

    def _made(
        self, label: str | _StrPromise, name: str, value: str, there: dict[str, Any], away: dict[str, Any]
    ) -> Facet:
        asked = self._query.asked
        chosen = replace(asked, **there) == asked
        address = self._query.with_filter(name, "" if chosen else value)
        return Facet(label, address, self._count(replace(asked, **there)), self._count(replace(asked, **away)), chosen)

    def _count(self, asked: ItemFilter) -> int:
        return sum(tally.items for tally in self._tallies if holds(tally, asked))


def holds(tally: Tally, asked: ItemFilter) -> bool:
    """Whether the filter asks for the items of a tally."""
    return (
        asked.family in {None, tally.family}
        and (tally.unread or not asked.unread_only)
        and (tally.standing > Standing.KNOWN_GOOD or not asked.known_only)
        and asked.standing in {None, tally.standing}
        and (tally.state == Listing.DELETED or not asked.deleted_only)
        and asked.place in {None, tally.place}
        and asked.reason in {None, tally.reason}
        and (tally.novelty == Novelty.NEW or not asked.thinned)
    )
