"""A row of a table by what its columns mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.outlet import storable
from kavalan.chats.tables.cells import number_of

if TYPE_CHECKING:
    from kavalan.chats.rows import Row
    from kavalan.chats.tables.columns import Meaning
    from kavalan.chats.tables.header import Header

_TOLD: Final[frozenset[Meaning]] = frozenset(
    {"at", "date", "time", "caller", "called", "holder", "party", "payer", "payee"}
)
"""What a message says elsewhere than in its text."""
_WORDS: Final[tuple[Meaning, ...]] = ("narration", "note")
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
_LABELS: Final[dict[Meaning, str]] = {"reference": "Reference", "imei": "IMEI", "ifsc": "IFSC"}
"""Words beside a number by which it is known for what it is."""
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
        """A cell; empty where no column has this meaning."""
        places = self._header.places.get(meaning)
        return storable(self.row.cells[places[0]]).strip() if places else ""

    def number(self, meaning: Meaning) -> Number:
        """A cell that names somebody or something."""
        return Number(*number_of(self.value(meaning)))

    @property
    def lost(self) -> bool:
        """A number in it has lost digits."""
        return any(self.number(meaning).lost for meaning in _NUMBERS)

    def outgoing(self, words: dict[str, str]) -> bool | None:
        """Whether it goes from the holder; None where the row does not say."""
        said = self.value("direction").lower()
        meant = {word.lower(): meaning for word, meaning in words.items()}.get(said, "")
        if meant or said in _INCOMING | _OUTGOING:
            return meant == "outgoing" or (not meant and said in _OUTGOING)
        return None

    def text(self) -> str:
        """What it says in words, and every other cell behind the name of its column."""
        worded = {place for meaning in _WORDS for place in self._header.places.get(meaning, ())}
        told = {place for meaning in _TOLD for place in self._header.places.get(meaning, ())}
        labels = {place: _LABELS[meaning] for meaning in _LABELS for place in self._header.places.get(meaning, ())}
        lines = [
            storable(cell.strip()) for place, cell in enumerate(self.row.cells) if place in worded and cell.strip()
        ]
        for place, cell in enumerate(self.row.cells):
            if place not in worded | told and cell.strip():
                name = labels.get(place) or self._header.names[place] or f"column {place + 1}"
                lines.append(f"{name}: {storable(number_of(cell)[0])}")
        return "\n".join(lines)
