"""What the address of the list of hits may ask for; anything else in it is passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kavalan.casework.exhibits.forms import STANDINGS, item_number

if TYPE_CHECKING:
    from django.http import QueryDict


class HitsQuery:
    """Which items with hits, and after which number the page begins."""

    def __init__(self, asked: QueryDict) -> None:
        self.standing = STANDINGS.get(asked.get("standing", ""))
        self.after = item_number(asked.get("after", ""))

    @property
    def filters(self) -> str:
        """The filters alone, as a query string: what the link to the next page repeats."""
        return urlencode({"standing": self.standing.name.lower()}) if self.standing else ""
