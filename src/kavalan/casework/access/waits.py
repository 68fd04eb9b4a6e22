"""What access says on the first page: an officer's own grants that end soon."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kavalan.casework.access.models import Grant
from kavalan.casework.mydesk.sort import Shelf, Sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from kavalan.casework.mydesk.sort import Asker

SOON: Final = timedelta(days=7)
"""How long before its end a grant is spoken of: as long as of a permit, a rule of the house."""


def _ending(asker: Asker) -> QuerySet[Grant]:
    return Grant.objects.filter(officer=asker.officer, until__gt=asker.now, until__lte=asker.now + SOON)


SORTS: Final[Sequence[Sort]] = (
    Sort(
        "access.ending",
        Shelf.ENDS,
        _("Where you were let in until a day; a supervisor there can let you in again"),
        _ending,
        "exhibits",
        bare=True,
        order=("until", "pk"),
        label=F("compartment__name"),
        at=F("until"),
        said=_("%(label)s, until %(on)s"),
    ),
)
