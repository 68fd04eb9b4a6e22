"""What the address of a list of sites asks for; what it cannot mean is not asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.db.models import Q

from kavalan.casework.intake.forms.queries import uuid_of
from kavalan.casework.operations.rules import State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

WHICH: Final[Mapping[str, Q]] = {
    "waiting": Q(state=State.PLANNED),
    "searched": Q(searched_at__isnull=False),
    "nothing": Q(nothing=True),
    "seized": Q(seized=True),
    "arrested": Q(arrests__gt=0),
    "dropped": Q(state=State.TAKEN_BACK),
}
"""Which sites each word of the address leaves."""


class SitesQuery:
    """Which sites, and after which one the page begins; the filters hold together."""

    def __init__(self, asked: QueryDict) -> None:
        which = asked.get("which", "")
        self.which = which if which in WHICH else ""
        self.mine = asked.get("mine", "") == "1"
        self.district = asked.get("district", "").strip()[:60].replace("\0", "")
        self.team = uuid_of(asked.get("team", ""))
        self.after = uuid_of(asked.get("after", ""))

    @property
    def filters(self) -> str:
        """The filters alone, as a query string."""
        return self.with_filter("", "")

    @property
    def elsewhere(self) -> str:
        """The same sites in every district."""
        return self.with_filter("district", "")

    def with_filter(self, name: str, value: str) -> str:
        """The filters with one set to another value, or taken away by an empty one: from the first page on."""
        said = {
            "which": self.which,
            "mine": "1" if self.mine else "",
            "district": self.district,
            "team": str(self.team or ""),
        }
        return urlencode({key: text for key, text in (said | {name: value}).items() if key and text})
