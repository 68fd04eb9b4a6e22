"""A row of a table, by what its columns mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.sandbox import storable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kavalan.chats.leapp.artifact import Artifact, Meaning
    from kavalan.chats.rows import Row

_LONGEST: Final = 1000
_LONGEST_NAME: Final = 60
_MOST_LEFT: Final = 30
_SENT: Final = {"outgoing", "sent", "yes", "1", "true", "from me"}
_NO: Final = {"", "no", "0", "false", "none"}


class Table:
    """A table whose columns are known.

    Attributes:
        artifact: which it is.
        columns: where those stand that are read.
        header: what they are called.
        left: columns that are not read.
    """

    def __init__(self, artifact: Artifact, header: Sequence[str]) -> None:
        self.artifact = artifact
        self.columns: dict[Meaning, int] = {}
        self.header: dict[Meaning, str] = {}
        for place, name in enumerate(header):
            if (meaning := artifact.columns.get(name)) is not None:
                self.columns.setdefault(meaning, place)
                self.header.setdefault(meaning, name)
        left = [storable(name[:_LONGEST_NAME]) for name in header if name not in artifact.columns]
        self.left = left if len(left) <= _MOST_LEFT else [*left[:_MOST_LEFT], f"{len(left) - _MOST_LEFT} more"]


class Line(NamedTuple):
    """A row.

    Attributes:
        table: in which it stands.
        row: its cells.
    """

    table: Table
    row: Row

    def text(self, meaning: Meaning) -> str:
        """A cell as it stands; empty for a column that the table has not."""
        place = self.table.columns.get(meaning)
        return storable(self.row.cells[place]) if place is not None else ""

    def value(self, meaning: Meaning) -> str:
        """A cell as far as a name or a number is long; the tools write `None` for what is not there."""
        said = self.text(meaning)[:_LONGEST].strip()
        return "" if said == "None" else said

    def says(self, meaning: Meaning) -> bool:
        """A cell holds something else than no."""
        return self.value(meaning).lower() not in _NO

    @property
    def outgoing(self) -> bool:
        """The telephone's owner wrote it. Some tools draw an icon behind the word."""
        return self.value("direction").partition("<")[0].strip().lower() in _SENT
