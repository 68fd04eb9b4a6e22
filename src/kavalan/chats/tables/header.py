"""Finding the header of a table under the lines that providers and banks put above it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.errors import ChatError
from kavalan.sandbox import storable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kavalan.chats.rows import Row
    from kavalan.chats.tables.columns import Columns, Meaning

_MOST_ABOVE: Final = 200
_LONGEST_NAME: Final = 100


_TOLD: Final[frozenset[Meaning]] = frozenset(
    {"at", "date", "time", "caller", "called", "holder", "party", "payer", "payee"}
)
"""What a message says elsewhere than in its text."""
_WORDS: Final[tuple[Meaning, ...]] = ("narration", "note")
_LABELS: Final[dict[Meaning, str]] = {"reference": "Reference", "imei": "IMEI", "ifsc": "IFSC"}
"""Words beside a number by which it is known for what it is."""


class Header(NamedTuple):
    """The line that names the columns.

    Attributes:
        width: how many columns there are.
        places: of those that were given a meaning; of a meaning that several have, all of them.
        worded: columns that say something in words.
        labelled: columns with numbers that name something, and the word that says what.
        rest: other columns that a message's text holds, and what they are called.
        above: the lines before it.
        row: itself.
    """

    width: int
    places: dict[Meaning, list[int]]
    worded: list[int]
    labelled: list[tuple[int, str]]
    rest: list[tuple[int, str]]
    above: list[Row]
    row: Row


def header_in(rows: Iterator[Row], columns: Columns) -> Header:
    """The first line that has every column to which a meaning was given; the lines behind it are left.

    Raises:
        ChatError: none of the first has; the text says what the nearest lacks.
    """
    wanted = {plain(name): meaning for name, meaning in columns.meaning.items()}
    above: list[Row] = []
    nearest: tuple[int, list[str]] = (0, [])
    for row in rows:
        names = [plain(cell) for cell in row.cells]
        there = set(names)
        if there.issuperset(wanted):
            return _header(row, _places(names, wanted), above)
        count = len(there.intersection(wanted))
        lacking = [name for name in columns.meaning if plain(name) not in there]
        nearest = max(nearest, (count, lacking), key=lambda one: one[0])
        above.append(row)
        if len(above) >= _MOST_ABOVE:
            break
    lacks = ", ".join(f'"{name}"' for name in nearest[1] or columns.meaning)
    message = (
        f"no line of its first {len(above)} names all columns that were given a meaning; the nearest lacks {lacks}"
    )
    raise ChatError(message)


def plain(name: str) -> str:
    """A column's name as it is compared: small letters, single spaces."""
    return " ".join(name.lstrip("\ufeff").split()).lower()


def _header(row: Row, places: dict[Meaning, list[int]], above: list[Row]) -> Header:
    worded = [place for meaning in _WORDS for place in places.get(meaning, ())]
    labelled = [(place, word) for meaning, word in _LABELS.items() for place in places.get(meaning, ())]
    told = {place for meaning in _TOLD for place in places.get(meaning, ())} | set(worded) | {at for at, _ in labelled}
    rest = [
        (place, storable(cell.strip()[:_LONGEST_NAME]) or f"column {place + 1}")
        for place, cell in enumerate(row.cells)
        if place not in told
    ]
    return Header(len(row.cells), places, sorted(worded), labelled, rest, above, row)


def _places(names: Sequence[str], wanted: dict[str, Meaning]) -> dict[Meaning, list[int]]:
    places: dict[Meaning, list[int]] = {}
    for place, name in enumerate(names):
        if (meaning := wanted.get(name)) is not None and name not in names[:place]:
            places.setdefault(meaning, []).append(place)
    return places
