"""What authorities say on the first page: what lapses, and the overrides that another supervisor reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import visible
from kavalan.casework.authority.limits import limits
from kavalan.casework.authority.models import Override
from kavalan.casework.authority.rules import Kind
from kavalan.casework.authority.selectors import ending_soon
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.mydesk.sort import Shelf, Sort

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from kavalan.casework.authority.models import Permit
    from kavalan.casework.mydesk.sort import Asker, Line


def _unread(asker: Asker) -> QuerySet[Override]:
    there = visible(Exhibit, asker.officer, asker.now, "exhibit_id", {Role.SUPERVISOR})
    return Override.objects.filter(there, approved__isnull=True).exclude(declared_by=asker.officer)


def _review_due(line: Line, now: datetime) -> bool:
    return line.at is not None and line.at + limits().review_due.span <= now


def _lapsing(asker: Asker) -> QuerySet[Permit]:
    return ending_soon(asker.officer, asker.now)


SORTS: Final[Sequence[Sort]] = (
    Sort(
        "authority.override",
        Shelf.WAITS,
        _("An emergency override that you review"),
        _unread,
        "overrides",
        order=("declared_at", "pk"),
        label=F("exhibit__reference"),
        key=F("exhibit__public_id"),
        at=F("declared_at"),
        urgent=_review_due,
    ),
    Sort(
        "authority.lapsing",
        Shelf.ENDS,
        _("An authority that lapses soon"),
        _lapsing,
        "authority",
        order=("valid_until", "pk"),
        label=F("authority__reference"),
        key=F("authority__public_id"),
        kind=F("authority__kind"),
        kinds=dict(Kind.choices),
        said="%(kind)s %(label)s",
    ),
)
