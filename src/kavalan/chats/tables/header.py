"""Finding the header of a table under the lines that providers and banks put above it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.errors import ChatError
from kavalan.chats.outlet import storable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kavalan.chats.rows import Row
    from kavalan.chats.tables.columns import Columns, Meaning

_MOST_ABOVE: Final = 200


class Header(NamedTuple):
    """The line that names the columns.

    Attributes:
        names: of the columns.
        places: of those that were given a meaning; of a meaning that several have, all of them.
        above: the lines before it.
        row: itself.
    """

    names: list[str]
    places: dict[Meaning, list[int]]
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
            return Header([storable(cell.strip()) for cell in row.cells], _places(names, wanted), above, row)
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


def _places(names: Sequence[str], wanted: dict[str, Meaning]) -> dict[Meaning, list[int]]:
    places: dict[Meaning, list[int]] = {}
    for place, name in enumerate(names):
        if (meaning := wanted.get(name)) is not None and name not in names[:place]:
            places.setdefault(meaning, []).append(place)
    return places
