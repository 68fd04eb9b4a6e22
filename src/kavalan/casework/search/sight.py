"""Where an officer may look, as SQL: for many documents at once, as fast as the database can.

It says the same as `access.selectors.visible`, of documents; what is shown in the end has passed that as well
(`selectors`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from kavalan.casework.access.selectors import open_rooms
from kavalan.casework.search.asked import Clause, joined
from kavalan.casework.search.models import UNIT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.search.indexing import Source


@dataclass(frozen=True, slots=True)
class Sight:
    """What is open to an officer.

    Attributes:
        rooms: a query for the compartments to which the officer holds a grant in force.
        unit: the officer's.
    """

    rooms: Clause
    unit: int

    @classmethod
    def of(cls, officer: Officer, now: datetime) -> Sight:
        """What is open to an officer at a time, aware UTC."""
        return cls(Clause(*open_rooms(officer, now).query.sql_with_params()), officer.unit_id)

    def opened(self) -> Clause:
        """A condition on a document `d`."""
        return joined(
            Clause("(CASE WHEN d.placed_kind = %s THEN d.placed_id = %s ELSE EXISTS (", [UNIT, self.unit]),
            "SELECT 1 FROM access_placement p WHERE p.kind = d.placed_kind AND p.object_id = d.placed_id AND",
            # The plus keeps SQLite from trying each of the rooms: an object lies in few, an officer sees many.
            "+" if connection.vendor == "sqlite" else "",
            self._here(),
            ") END)",
        )

    def within(self, source: Source) -> Clause:
        """`FROM … WHERE …` that begins with what is open of one source, to which conditions can be added with `AND`."""
        if UNIT in source.placed:
            table = "FROM search_searchdocument d WHERE d.placed_kind = %s AND d.placed_id = %s AND d.kind = %s"
            return Clause(table, [UNIT, self.unit, source.kind.value])
        kinds = Clause(f"AND p.kind IN ({', '.join(['%s'] * len(source.placed))})", source.placed)
        placed = joined("SELECT DISTINCT p.kind, p.object_id FROM access_placement p WHERE", self._here(), kinds)
        ties = "JOIN search_searchdocument d ON d.placed_kind = o.kind AND d.placed_id = o.object_id"
        return joined("FROM (", placed, ") o", ties, Clause("WHERE d.kind = %s", [source.kind.value]))

    def counted(self, sources: Sequence[Source], most: int) -> dict[str, int]:
        """How many placements of each model are open to the officer, by its label.

        Args:
            sources: of which models.
            most: nobody counts further.
        """
        labels = sorted({label for source in sources for label in source.placed if label != UNIT})
        each: list[str | Clause] = []
        for number, label in enumerate(labels):
            kind = Clause("AND p.kind = %s LIMIT %s", [label, most])
            some = joined("SELECT 1 FROM access_placement p WHERE", self._here(), kind)
            counted = Clause("SELECT %s, count(*) FROM (", [number])
            each += ["UNION ALL" if number else "", counted, some, f") found_{number}"]
        counts = joined(*each).rows() if each else []
        return {labels[int(str(number))]: int(str(count)) for number, count in counts}

    def of_the_unit(self, source: Source, most: int) -> int:
        """How many documents of a source are open to the whole unit of the officer; nobody counts beyond `most`."""
        some = joined("SELECT 1", self.within(source), Clause("LIMIT %s", [most]))
        return joined("SELECT count(*) FROM (", some, ") found").numbers()[0]

    def _here(self) -> Clause:
        return joined("p.compartment_id IN (", self.rooms, ")")
