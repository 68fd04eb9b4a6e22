"""What of identities needs a second person: opening a sealed name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kavalan.casework.access.models import Role
from kavalan.casework.approvals.rules import Kind
from kavalan.casework.identities.models import Identity

if TYPE_CHECKING:
    from uuid import UUID

    from kavalan.ledger import Payload


def _words(matter: UUID, payload: Payload) -> str:
    words = {"identity": Identity.objects.get(public_id=matter), "number": payload["version"]}
    return _("Show, once, who %(identity)s is: entry %(number)s.") % words


OPEN_IDENTITY = Kind(
    name="open_identity",
    label=gettext_lazy("open a sealed name"),
    ask=frozenset({Role.INVESTIGATOR}),
    grant=frozenset({Role.SUPERVISOR}),
    words=_words,
    page="identity",
)

KINDS = (OPEN_IDENTITY,)
