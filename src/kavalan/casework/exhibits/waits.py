"""What exhibits say on the first page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kavalan.casework.access.selectors import EXAMINERS, visible
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.jobs.models import State
from kavalan.casework.mydesk.sort import Shelf, Sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from kavalan.casework.mydesk.sort import Asker


def _stopped(asker: Asker) -> QuerySet[Exhibit]:
    there = visible(Exhibit, asker.officer, asker.now, roles=EXAMINERS)
    return Exhibit.objects.filter(there, scan__state__in=(State.REFUSED, State.FAILED))


def _unscanned(asker: Asker) -> QuerySet[Exhibit]:
    there = visible(Exhibit, asker.officer, asker.now, roles=EXAMINERS)
    return Exhibit.objects.filter(there, scan__isnull=True)


def _new(asker: Asker) -> QuerySet[Exhibit]:
    new = Exhibit.objects.filter(visible(Exhibit, asker.officer, asker.now), registered_at__gt=asker.since)
    return new.exclude(registered_by=asker.officer)


SORTS: Final[Sequence[Sort]] = (
    Sort("exhibit.stopped", Shelf.WAITS, _("A scan that stopped"), _stopped, "exhibit", urgent=True),
    Sort("exhibit.unscanned", Shelf.WAITS, _("Registered, not scanned yet"), _unscanned, "exhibit"),
    Sort("exhibit.new", Shelf.NEW, _("Exhibits"), _new, "exhibit", at=F("registered_at")),
)
