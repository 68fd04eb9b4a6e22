"""What the addresses of lists may ask for; anything else in them is passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from kavalan.casework.exhibits.rules import Family

if TYPE_CHECKING:
    from django.http import QueryDict

_MOST = 2**62


class ExhibitsQuery:
    """Which page of exhibits: those before the one named."""

    def __init__(self, asked: QueryDict) -> None:
        self.before = _uuid(asked.get("before", ""))


class ItemsQuery:
    """Which items, and after which number the page begins."""

    def __init__(self, asked: QueryDict) -> None:
        families = {family.value: family for family in Family}
        self.family = families.get(asked.get("family", ""))
        self.unread_only = asked.get("unread") == "1"
        self.known_only = asked.get("known") == "1"
        self.after = item_number(asked.get("after", ""))

    @property
    def filters(self) -> str:
        """The filters alone, as a query string: what the link to the next page repeats."""
        family = {"family": self.family.value} if self.family else {}
        unread, known = {"unread": "1"} if self.unread_only else {}, {"known": "1"} if self.known_only else {}
        return urlencode(family | unread | known)


def item_number(text: str) -> int:
    """The number of an item out of an address; 0 for anything that is none."""
    return min(int(text), _MOST) if text.isascii() and text.isdigit() and len(text) < 20 else 0


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
