"""Which figures of a table are withheld, so that no small number can be read or computed from the others.

A table has a row for each unit, a column for each district, and their totals. A figure from one to four is withheld. So
that nobody computes it from the totals, each withheld figure lies on a closed path of withheld figures, from row to
column to row, none of which is nought: along it, one may be taken and one added by turns without changing any sum, so
each of them may be greater or smaller by one for all that the table shows. There always is such a path, by the totals.
(Complementary suppression; Gusfield, SIAM J. Computing 17 (1988): a cell of a two-way table is determined by its
margins exactly when no such cycle passes through it.)
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FEWEST: Final = 5
"""The smallest number that is shown, but for nought."""
TOTAL: Final = ""
"""The row or column of sums."""
_FEW: Final = 1
"""What the way over a figure that is withheld already costs."""

Cell = tuple[str, str]
_Line = tuple[str, str]


def with_totals(inner: Mapping[Cell, int], rows: Sequence[str], columns: Sequence[str]) -> dict[Cell, int]:
    """The table with its sums, under `TOTAL`; what is not in `inner` is nought."""
    cells = {(row, column): inner.get((row, column), 0) for row in rows for column in columns}
    for row in rows:
        cells[row, TOTAL] = sum(cells[row, column] for column in columns)
    for column in [*columns, TOTAL]:
        cells[TOTAL, column] = sum(cells[row, column] for row in rows)
    return cells


def withheld(cells: Mapping[Cell, int]) -> frozenset[Cell]:
    """The cells of a table with totals that are not shown."""
    small = sorted(cell for cell, count in cells.items() if 0 < count < FEWEST)
    hidden = set(small)
    for cell in small:
        hidden.update(_path(cells, cell, hidden))
    return frozenset(hidden)


def _path(cells: Mapping[Cell, int], start: Cell, hidden: set[Cell]) -> Iterator[Cell]:
    """The cheapest way from a cell's column back to its row over other cells that are not nought."""
    row, column = ("row", start[0]), ("column", start[1])
    best, came = {column: 0}, dict[_Line, tuple[_Line, Cell]]()
    queue = [(0, column)]
    while queue:
        cost, here = heappop(queue)
        for cell, there in _ways(cells, here, start):
            further = cost + (_FEW if cell in hidden else _FEW + cells[cell])
            if further < best.get(there, further + 1):
                best[there], came[there] = further, (here, cell)
                heappush(queue, (further, there))
    here = row
    while here != column:
        here, cell = came[here]
        yield cell


def _ways(cells: Mapping[Cell, int], here: tuple[str, str], start: Cell) -> Iterator[tuple[Cell, _Line]]:
    kind, name = here
    for cell, count in cells.items():
        if count and cell != start and cell[kind == "column"] == name:
            yield cell, ("column", cell[1]) if kind == "row" else ("row", cell[0])
