"""What the address of a page of figures asks for; whatever cannot be read asks for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.insight.definitions import definitions
from kavalan.casework.insight.periods import offered

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import QueryDict

    from kavalan.casework.insight.sight import Sight


class Query:
    """The year, whose figures, and which figure the map shows.

    Args:
        data: of the address.
        sight: what the officer may see.
        now: aware UTC.
    """

    def __init__(self, data: QueryDict, sight: Sight, now: datetime) -> None:
        self.sight, self.years = sight, offered(now)
        told = data.get("year", "")
        self.year = int(told) if told in map(str, self.years) else self.years[0]
        self.all_units = sight.all_units and data.get("of") == "all"
        names = [figure.id for figure in definitions().figure]
        self.show = shown if (shown := data.get("show", "")) in names else names[0]

    @property
    def of(self) -> str:
        """Whose, as the address says it."""
        return "all" if self.all_units else "unit"
