"""The tables that are shown: figures by district and by unit, small ones withheld, the same for whoever looks."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kavalan.casework.insight.definitions import definitions
from kavalan.casework.insight.sources import SOURCES, days_open
from kavalan.casework.insight.withholding import FEWEST, TOTAL, with_totals, withheld

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kavalan.casework.insight.definitions import Figure
    from kavalan.casework.insight.sources import Span
    from kavalan.casework.insight.withholding import Cell

UNKNOWN = "-"
"""The column of what lies in no known district."""


@dataclass(frozen=True, slots=True)
class Published:
    """One figure by unit and district, the same for whoever looks, so that two pages tell no more than one.

    Attributes:
        figure: which.
        shown: the counts that are shown, by unit and district, sums under `TOTAL`.
    """

    figure: Figure
    shown: Mapping[Cell, int]

    def at(self, unit: str, district: str) -> int | None:
        """What is shown there; None where it is withheld."""
        return self.shown.get((unit, district))


def published(span: Span, units: Sequence[int], districts: Sequence[str]) -> list[Published]:
    """Every figure of a span of time, in the order of the definitions; one statement each.

    Args:
        span: from when until before when, aware UTC.
        units: the numbers of all units of the desk, whoever asks.
        districts: the ids of all districts; what lies elsewhere is counted under `UNKNOWN`.
    """
    found = []
    rows, columns = [str(unit) for unit in units], [*districts, UNKNOWN]
    for figure in definitions().figure:
        inner: dict[Cell, int] = {}
        for (unit, district), count in SOURCES[figure.source](span).items():
            cell = str(unit), district if district in districts else UNKNOWN
            inner[cell] = inner.get(cell, 0) + count
        cells = with_totals(inner, rows, columns)
        hidden = withheld(cells)
        found.append(Published(figure, {cell: count for cell, count in cells.items() if cell not in hidden}))
    return found


def medians(span: Span, districts: Sequence[str], unit: int | None) -> Mapping[str, int]:
    """The median of the days for which cases that ended were open, by district and under `TOTAL`.

    It is left out where fewer than `FEWEST` ended. Medians have no sums, so none tells of another.
    """
    by: dict[str, list[int]] = {}
    for (number, district), days in days_open(span).items():
        if unit in {None, number}:
            by.setdefault(district if district in districts else UNKNOWN, []).extend(days)
            by.setdefault(TOTAL, []).extend(days)
    return {district: round(statistics.median(days)) for district, days in by.items() if len(days) >= FEWEST}


def standing_out(reports: Published, cases: Published, unit: str, districts: Sequence[str]) -> frozenset[str]:
    """The districts with many reports and few cases, as far as both are shown."""
    gap = definitions().gap
    seen = {
        district: (many, few)
        for district in districts
        if (many := reports.at(unit, district)) is not None and (few := cases.at(unit, district)) is not None
    }
    all_reports, all_cases = (sum(pair[place] for pair in seen.values()) for place in (0, 1))
    return frozenset(
        district
        for district, (many, few) in seen.items()
        if many >= gap.reports and few * all_reports < gap.share * all_cases * many
    )
