"""Which cases the list shows, as its address says; anything else in the address is passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from kavalan.casework.cases.rules import Stage
from kavalan.casework.intake.forms.queries import uuid_of

if TYPE_CHECKING:
    from django.http import QueryDict

OPEN: Final = "open"
"""The cases that are not over: what one is here for, asked for by no name."""
ALL: Final = "all"
_LONGEST: Final = 40


class CasesQuery:
    """Which cases, and before which one the page begins; the filters hold together."""

    def __init__(self, asked: QueryDict) -> None:
        stage = asked.get("stage", "")
        self.stage = stage if stage in [*Stage.values, ALL] else OPEN
        self.mine = asked.get("mine", "") == "1"
        self.unit = uuid_of(asked.get("unit", ""))
        self.lead = uuid_of(asked.get("lead", ""))
        self.district = asked.get("district", "").strip()[:_LONGEST].replace("\0", "")
        self.before = uuid_of(asked.get("before", ""))

    @property
    def filters(self) -> str:
        """The filters alone, as a query string."""
        return urlencode(self._said())

    @property
    def chosen(self) -> bool:
        """Whether anything is asked for but what everybody sees first."""
        return bool(self._said())

    @property
    def narrowed(self) -> bool:
        """Whether a filter is set that does not stand among the chips."""
        return bool(self.unit or self.lead or self.district)

    def with_filter(self, name: str, value: str) -> str:
        """The filters with one set to another value, or taken away by an empty one: from the first page on."""
        return urlencode({key: said for key, said in (self._said() | {name: value}).items() if said})

    def _said(self) -> dict[str, str]:
        said = {
            "stage": "" if self.stage == OPEN else self.stage,
            "mine": "1" if self.mine else "",
            "unit": str(self.unit or ""),
            "lead": str(self.lead or ""),
            "district": self.district,
        }
        return {name: value for name, value in said.items() if value}
