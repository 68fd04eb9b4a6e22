"""A row of a table, by what its columns mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.outlet import storable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kavalan.chats.leapp.artifact import Artifact, Meaning
    from kavalan.chats.rows import Row

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
        self.left = [storable(name) for name in header if name not in artifact.columns]


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
        """A cell without what surrounds it; the tools write `None` for what is not there."""
        said = self.text(meaning).strip()
        return "" if said == "None" else said

    def says(self, meaning: Meaning) -> bool:
        """A cell holds something else than no."""
        return self.value(meaning).lower() not in _NO

    @property
    def outgoing(self) -> bool:
        """The telephone's owner wrote it. Some tools draw an icon behind the word."""
        return self.value("direction").partition("<")[0].strip().lower() in _SENT
