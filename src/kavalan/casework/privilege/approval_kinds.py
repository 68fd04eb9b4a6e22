"""What of privilege needs a second person: opening what is sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kavalan.casework.access.models import Role
from kavalan.casework.approvals.rules import Kind
from kavalan.casework.exhibits.models import Exhibit

if TYPE_CHECKING:
    from uuid import UUID

    from kavalan.ledger import Payload


def _words(matter: UUID, payload: Payload) -> str:
    """The items by their numbers: their paths are the filter officer's only."""
    numbers = payload["items"]
    items = [] if numbers is None or isinstance(numbers, int) else list(numbers)
    return ngettext(
        "Open %(count)d item of exhibit %(exhibit)s for those who investigate: number %(numbers)s.",
        "Open %(count)d items of exhibit %(exhibit)s for those who investigate: numbers %(numbers)s.",
        len(items),
    ) % {"count": len(items), "exhibit": Exhibit.objects.get(public_id=matter), "numbers": ", ".join(items)}


OPEN_PRIVILEGED = Kind(
    name="open_privileged",
    label=_("open what is sealed as privileged"),
    ask=frozenset({Role.FILTER_OFFICER}),
    grant=frozenset({Role.SUPERVISOR}),
    words=_words,
    page="privilege",
)

KINDS = (OPEN_PRIVILEGED,)
