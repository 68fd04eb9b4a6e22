"""Which reports a list shows, as its address says; anything else in the address is passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from kavalan.casework.intake.rules import Form, Lane, Standing

if TYPE_CHECKING:
    from django.http import QueryDict

_LONGEST = 200


class ReportsQuery:
    """Which reports, and after which one the page begins; the filters hold together."""

    def __init__(self, asked: QueryDict) -> None:
        self.lane = _one_of(Lane.values, asked.get("lane", ""))
        self.form = _one_of(Form.values, asked.get("form", ""))
        # What is open is what one is here for; everything is asked for by name.
        self.standing = _one_of([*Standing.values, "all"], asked.get("standing", "")) or Standing.OPEN.value
        self.sender = asked.get("sender", "").strip()[:_LONGEST].replace("\0", "")
        self.after = uuid_of(asked.get("after", ""))

    @property
    def filters(self) -> str:
        """The filters alone, as a query string."""
        return urlencode(self._said())

    @property
    def chosen(self) -> bool:
        """Whether anything is asked for but what everybody sees first."""
        return bool(self._said())

    @property
    def without_lane(self) -> str:
        """The list of both lanes."""
        return self.with_filter("lane", "")

    def with_filter(self, name: str, value: str) -> str:
        """The filters with one set to another value, or taken away by an empty one: from the first page on."""
        return urlencode({key: said for key, said in (self._said() | {name: value}).items() if said})

    def _said(self) -> dict[str, str]:
        standing = "" if self.standing == Standing.OPEN else self.standing
        said = {"lane": self.lane, "form": self.form, "standing": standing, "sender": self.sender}
        return {name: value for name, value in said.items() if value}


def uuid_of(text: str) -> UUID | None:
    """An id out of an address; None for anything that is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _one_of(known: list[str], asked: str) -> str:
    return asked if asked in known else ""
