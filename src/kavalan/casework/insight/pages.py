"""What the page of figures and its table as a file show."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from kavalan.casework.accounts.models import Unit
from kavalan.casework.cases.places import districts as districts_of
from kavalan.casework.cases.rules import Marking
from kavalan.casework.exports.rules import cell
from kavalan.casework.insight.boundaries import boundaries_of
from kavalan.casework.insight.definitions import definitions
from kavalan.casework.insight.geojson import SIZE
from kavalan.casework.insight.periods import span_of
from kavalan.casework.insight.tables import UNKNOWN, medians, published, standing_out
from kavalan.casework.insight.tiles import tile_maps
from kavalan.casework.insight.withholding import TOTAL
from kavalan.casework.look.templatetags.look import figure as grouped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.insight.definitions import Figure
    from kavalan.casework.insight.geojson import Shape
    from kavalan.casework.insight.query import Query
    from kavalan.casework.insight.tables import Published
    from kavalan.casework.insight.tiles import Tile, TileMap

MARKING: Final = Marking.AMBER_STRICT
"""What the figures carry: they are a unit's own, though no small number is in them. A person decides what goes on."""
SHADES: Final = 4
"""So many shades has a tile, the lightest for nought."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: a district, or a unit, with its figures in the order of the definitions; None withheld."""

    id: str
    name: str
    counts: Sequence[int | None]
    days: int | None = None
    stands_out: bool = False

    @property
    def figured(self) -> list[tuple[Figure, int | None]]:
        """Each count with the figure that it is of."""
        return list(zip(definitions().figure, self.counts, strict=True))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A district as it is drawn: its tile, or its outline where the house has boundaries; how dark, what it says."""

    tile: Tile
    name: str
    count: int | None
    shade: int
    stands_out: bool
    shape: Shape | None = None

    @property
    def said(self) -> str:
        """The count as it stands on the tile."""
        return "·" if self.count is None else grouped(self.count)

    @property
    def x(self) -> int:
        """Of a tile's left edge, in units of the drawing."""
        return self.tile.column * 100

    @property
    def y(self) -> int:
        """Of its upper edge, likewise."""
        return self.tile.row * 100

    @property
    def middle(self) -> tuple[int, int]:
        """Of what is written on it."""
        return (self.shape.x, self.shape.y) if self.shape else (self.x + 46, self.y + 46)


@dataclass(frozen=True, slots=True)
class Map:
    """A State's tiles, and how large its drawing is."""

    map: TileMap
    source: str
    drawn: Sequence[Drawn]

    @property
    def box(self) -> str:
        """The drawing's extent, as SVG says it."""
        if any(one.shape for one in self.drawn):
            return f"-4 -4 {SIZE + 8} {SIZE + 8}"
        columns = max(one.tile.column for one in self.drawn) + 1
        rows = max(one.tile.row for one in self.drawn) + 1
        return f"-4 -4 {columns * 100} {rows * 100}"


@dataclass(frozen=True, slots=True)
class Page:
    """All that is shown.

    Attributes:
        rows: by district, those of a map first, then what lies elsewhere, then the sums.
        units: by unit, where all are asked for.
        maps: the maps of one figure.
        until: up to when was counted, aware UTC: the year's end, or now while it runs.
    """

    rows: Sequence[Row]
    units: Sequence[Row]
    maps: Sequence[Map]
    until: datetime


def page_of(officer: Officer, query: Query, now: datetime) -> Page:
    """The figures that a query asks for, as many statements as there are figures and two more."""
    span = span_of(query.year)
    units = dict(Unit.objects.order_by("name").values_list("pk", "name"))
    tables, names = published(span, list(units), _places()), _names(officer)
    whose = TOTAL if query.all_units else str(officer.unit_id)
    by = {one.figure.id: one for one in tables}
    out = standing_out(by["reports"], by["cases"], whose, _places())
    days = medians(span, _places(), None if query.all_units else officer.unit_id)
    rows = [
        Row(
            place or "total",
            name,
            [one.at(whose, place) for one in tables],
            # A median tells that five ended or more: only where that is said anyway.
            days.get(place) if by["ended"].at(whose, place) is not None else None,
            place in out,
        )
        for place, name in names.items()
    ]
    beside = [Row(str(key), name, [one.at(str(key), TOTAL) for one in tables]) for key, name in units.items()]
    maps = [_drawn(one, by[query.show], whose, names, out) for one in tile_maps()]
    return Page(rows, beside if query.all_units else [], maps, min(span[1], now))


def table_of(page: Page, query: Query) -> str:
    """The same as CSV: a line for each figure of each district or unit, with its definition."""
    text = io.StringIO()
    rows = csv.writer(text, quoting=csv.QUOTE_ALL)
    rows.writerow(
        ["year", "of", "by", "id", "name", "figure", "count", "definition", "source", "defined_since", "marking"]
    )
    for by, lines in (("district", page.rows), ("unit", page.units)):
        for line in lines:
            for figure, count in line.figured:
                shown = "withheld" if count is None else count
                about = [figure.name, shown, figure.words, figure.source, figure.since.isoformat(), MARKING.label]
                rows.writerow([query.year, query.of, by, line.id, cell(line.name), *about])
    return text.getvalue()


def _places() -> list[str]:
    return [tile.place for one in tile_maps() for tile in one.tile]


def _names(officer: Officer) -> Mapping[str, str]:
    known = districts_of(officer.unit_id)
    told = {place: known.get(place, place) for place in _places()}
    return told | {UNKNOWN: _("Elsewhere, or not known"), TOTAL: _("Together")}


def _drawn(one: TileMap, table: Published, whose: str, names: Mapping[str, str], out: frozenset[str]) -> Map:
    counts = {tile.place: table.at(whose, tile.place) for tile in one.tile}
    most = max((count for count in counts.values() if count), default=1)
    kept = boundaries_of(one.state)
    # A district that the boundaries lack would be nowhere: then all are tiles.
    shapes = {shape.place: shape for shape in kept.shapes} if kept else {}
    whole = shapes if kept and shapes.keys() >= counts.keys() else {}
    drawn = [
        Drawn(tile, names[tile.place], count, -(-SHADES * (count or 0) // most), tile.place in out, shape)
        for tile in one.tile
        for count, shape in [(counts[tile.place], whole.get(tile.place))]
    ]
    return Map(one, kept.source if kept and whole else one.source, drawn)
