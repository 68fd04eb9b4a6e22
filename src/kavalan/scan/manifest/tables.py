"""Two streams of rows side by side: where they differ, in bounded memory, whatever files either stream is cut into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import polars as pl

from kavalan.sandbox import printable

Value: TypeAlias = object
Key: TypeAlias = tuple[Value, ...]

# Rows of each side that are looked at together. Rows that one side lacks are found as such when no more than this
# many are missing in one place.
WINDOW = 4096
_SHOWN = 20


@dataclass(slots=True)
class Difference:
    """What differs between two tables.

    Attributes:
        rows: that stand in both, whether equal or not.
        columns: by column, in how many of these it differs.
        only_first: rows that only the first has.
        only_second: rows that only the second has.
        first: the first differences, a sentence each.
    """

    rows: int = 0
    columns: Counter[str] = field(default_factory=Counter)
    only_first: int = 0
    only_second: int = 0
    first: list[str] = field(default_factory=list)

    @property
    def none(self) -> bool:
        """Whether the tables are the same."""
        return not (self.columns or self.only_first or self.only_second)

    def tell(self, text: str) -> None:
        """Keep one of the first differences."""
        if len(self.first) < _SHOWN:
            self.first.append(text)


class _Stream:
    """Rows of one side, some of them at hand."""

    def __init__(self, frames: Iterator[pl.DataFrame]) -> None:
        self._frames = frames
        self.rows = pl.DataFrame()

    def fill(self) -> int:
        """Have a window of rows at hand, or all that are left; how many."""
        while self.rows.height < WINDOW and (frame := next(self._frames, None)) is not None:
            self.rows = pl.concat([self.rows, frame]) if self.rows.height else frame
        return min(self.rows.height, WINDOW)

    def take(self, count: int) -> pl.DataFrame:
        """Rows from the front, which are then gone."""
        taken, self.rows = self.rows.head(count), self.rows.slice(count)
        return taken


def compare(
    first: Iterator[pl.DataFrame],
    second: Iterator[pl.DataFrame],
    key: Sequence[str],
    name: Callable[[Key], str],
) -> Difference:
    """Compare two streams of rows that should be the same in the same order.

    Args:
        first: frames of the same columns.
        second: the other side.
        key: columns by which a row is found again on the other side.
        name: what a row is called, by its key.
    """
    found = Difference()
    here, there = _Stream(first), _Stream(second)
    while (left := here.fill()) and (right := there.fill()):
        count = min(left, right)
        ours, theirs = here.rows.head(count), there.rows.head(count)
        if ours.equals(theirs):
            same = count
        else:
            same = _aligned(_keys(ours, key), _keys(theirs, key))
            _rows(ours.head(same), theirs.head(same), key, name, found)
        found.rows += same
        here.take(same)
        there.take(same)
        if same < count:
            _part(here, there, key, name, found)
    for stream, side in ((here, 1), (there, 2)):
        while count := stream.fill():
            _only(stream.take(count), side, key, name, found)
    return found


def _keys(rows: pl.DataFrame, key: Sequence[str]) -> list[Key]:
    return rows.select(key).rows()


def _aligned(ours: list[Key], theirs: list[Key]) -> int:
    """How many rows from the front are the same on both sides."""
    pairs = zip(ours, theirs, strict=True)
    return next((n for n, (one, other) in enumerate(pairs) if one != other), len(ours))


def _rows(
    ours: pl.DataFrame, theirs: pl.DataFrame, key: Sequence[str], name: Callable[[Key], str], found: Difference
) -> None:
    keys = _keys(ours, key)
    for column in ours.columns:
        if ours[column].equals(theirs[column]):
            continue
        pairs = zip(ours[column].to_list(), theirs[column].to_list(), strict=True)
        for row, (one, other) in enumerate(pairs):
            if one != other:
                found.columns[column] += 1
                found.tell(f"{name(keys[row])}: {column} was {_shown(one)} and is {_shown(other)}")


def _part(here: _Stream, there: _Stream, key: Sequence[str], name: Callable[[Key], str], found: Difference) -> None:
    """The sides part: pass over the rows up to the next that both have."""
    left, right = here.fill(), there.fill()
    ours, theirs = _keys(here.rows.head(left), key), _keys(there.rows.head(right), key)
    places: dict[Key, int] = {}
    for place, one in enumerate(theirs):
        places.setdefault(one, place)
    meeting = next((n for n, one in enumerate(ours) if one in places), None)
    ahead = (left, right) if meeting is None else (meeting, places[ours[meeting]])
    _only(here.take(ahead[0]), 1, key, name, found)
    _only(there.take(ahead[1]), 2, key, name, found)


def _only(rows: pl.DataFrame, side: int, key: Sequence[str], name: Callable[[Key], str], found: Difference) -> None:
    if side == 1:
        found.only_first += rows.height
    else:
        found.only_second += rows.height
    for one in _keys(rows.head(_SHOWN), key):
        found.tell(f"{name(one)}: only in the {'first' if side == 1 else 'second'}")


def _shown(value: Value) -> str:
    text = value.hex() if isinstance(value, bytes) else str(value)
    return printable(text[:80] + "…" if len(text) > 80 else text)
