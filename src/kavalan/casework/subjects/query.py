"""Which subjects a list shows, as its address says; anything else in the address is passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from kavalan.casework.intake.forms.queries import uuid_of

if TYPE_CHECKING:
    from django.http import QueryDict

OPEN: Final = "open"
CLOSED: Final = "closed"
ALL: Final = "all"


class SubjectsQuery:
    """Which subjects, and before which one the page begins; the filters hold together."""

    def __init__(self, asked: QueryDict) -> None:
        standing = asked.get("standing", "")
        self.standing = standing if standing in {CLOSED, ALL} else OPEN
        self.mine = asked.get("mine") == "1"
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
    def other_mine(self) -> str:
        """The list with the other answer to whether only the officer's own are shown."""
        return self.with_filter("mine", "" if self.mine else "1")

    def with_filter(self, name: str, value: str) -> str:
        """The filters with one set to another value, or taken away by an empty one: from the first page on."""
        return urlencode({key: said for key, said in (self._said() | {name: value}).items() if said})

    def _said(self) -> dict[str, str]:
        said = {"standing": "" if self.standing == OPEN else self.standing, "mine": "1" if self.mine else ""}
        return {name: value for name, value in said.items() if value}
