"""What the address of a custody page asks for; what it cannot mean is not asked."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from kavalan.casework.custody.selectors import Asked
from kavalan.casework.custody.words import Where

if TYPE_CHECKING:
    from django.http import QueryDict


class DevicesQuery:
    """Which things, and before which one the page begins; anything else in the address is passed over."""

    def __init__(self, asked: QueryDict) -> None:
        self.asked = Asked(
            {where.value: where for where in Where}.get(asked.get("where", "")),
            *(asked.get(name) == "1" for name in ("gaps", "overdue", "handed", "mine")),
        )
        self.label = asked.get("label", "").strip()
        self.before = uuid_in(asked.get("before", ""))
        self.filters = "&".join(
            f"{name}={value}"
            for name in ("where", "gaps", "overdue", "handed", "mine")
            if (value := asked.get(name, "")) in {"1", *Where.values}
        )


def uuid_in(text: str) -> UUID | None:
    """The id out of an address; None for anything that is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
