"""A row of a table by what its columns mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.tables.cells import number_of
from kavalan.sandbox import storable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kavalan.chats.rows import Row
    from kavalan.chats.tables.columns import Meaning
    from kavalan.chats.tables.header import Header

_LONGEST: Final = 1000
_NUMBERS: Final[tuple[Meaning, ...]] = (
    "caller",
    "called",
    "holder",
    "party",
    "payer",
    "payee",
    "imei",
    "imsi",
    "reference",
)
_INCOMING: Final = {"incoming", "in", "i", "inc", "mt", "mtc", "cr", "c", "credit", "received"}
_OUTGOING: Final = {"outgoing", "out", "o", "outg", "mo", "moc", "dr", "d", "debit", "paid", "sent"}


class Number(NamedTuple):
    """Somebody, or something, as a cell names it.

    Attributes:
        said: its digits or name; empty for none.
        lost: some of its digits are not there.
    """

    said: str = ""
    lost: bool = False


class Line:
    """A row that has as many cells as the header.

    Attributes:
        row: its cells and its place.
    """

    def __init__(self, header: Header, row: Row) -> None:
        self.row = row
        self._header = header

    def value(self, meaning: Meaning) -> str:
        """A cell, as far as a name or a number is long; empty where no column has this meaning."""
        places = self._header.places.get(meaning)
        return storable(self.row.cells[places[0]][:_LONGEST].strip()) if places else ""

    def number(self, meaning: Meaning) -> Number:
        """A cell that names somebody or something."""
        return Number(*number_of(self.value(meaning)))

    @property
    def lost(self) -> bool:
        """A number in it has lost digits."""
        return any(self.number(meaning).lost for meaning in _NUMBERS)

    def outgoing(self, words: Mapping[str, str]) -> bool | None:
        """Whether it goes from the holder; None where the row does not say.

        Args:
            words: `incoming` or `outgoing` by words of this table, in whichever letters.
        """
        said = self.value("direction").lower()
        if meant := next((meaning for word, meaning in words.items() if word.lower() == said), ""):
            return meant == "outgoing"
        return said in _OUTGOING if said in _INCOMING or said in _OUTGOING else None

    def text(self) -> tuple[str, int]:
        """What it says in words, and every other cell behind the name of its column.

        Returns:
            The text, and how many of its characters name somebody or something; behind them stand measures and codes.
        """
        cells = [storable(cell.strip()) for cell in self.row.cells]
        lines = [cells[place] for place in self._header.worded if cells[place]]
        lines += [f"{word}: {number_of(cells[place])[0]}" for place, word in self._header.labelled if cells[place]]
        names = sum(map(len, lines)) + len(lines)
        lines += [f"{name}: {cells[place]}" for place, name in self._header.rest if cells[place]]
        return "\n".join(lines), names
