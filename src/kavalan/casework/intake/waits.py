"""What intake says on the first page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import F, Value
from django.utils.translation import gettext_lazy as _

from kavalan.casework.access.selectors import visible
from kavalan.casework.intake.models import Delivery, Report
from kavalan.casework.intake.rules import Form
from kavalan.casework.intake.selectors import desks_of
from kavalan.casework.jobs.models import State
from kavalan.casework.mydesk.sort import Shelf, Sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from kavalan.casework.mydesk.sort import Asker


def _stopped(asker: Asker) -> QuerySet[Delivery]:
    ended = Delivery.objects.filter(job__state__in=(State.REFUSED, State.FAILED))
    return ended.filter(desk__in=desks_of(asker.officer, asker.now).order_by().values("pk"))


def _unmapped(asker: Asker) -> QuerySet[Delivery]:
    waits = Delivery.objects.filter(job__isnull=True, form=Form.TABLE)
    return waits.filter(desk__in=desks_of(asker.officer, asker.now).order_by().values("pk"))


def _new(asker: Asker) -> QuerySet[Report]:
    return Report.objects.filter(visible(Report, asker.officer, asker.now), entered_at__gt=asker.since)


SORTS: Final[Sequence[Sort]] = (
    Sort(
        "intake.stopped",
        Shelf.WAITS,
        _("A delivery that was not read to its end"),
        _stopped,
        "delivery",
        label=Value(""),
        at=F("arrived_at"),
        kind=F("form"),
        kinds=dict(Form.choices),
        said=_("%(kind)s of %(on)s"),
        urgent=True,
    ),
    Sort(
        "intake.unmapped",
        Shelf.WAITS,
        _("A table that waits for the meaning of its columns"),
        _unmapped,
        "delivery",
        label=Value(""),
        at=F("arrived_at"),
        kind=F("form"),
        kinds=dict(Form.choices),
        said=_("%(kind)s of %(on)s"),
    ),
    Sort("intake.new", Shelf.NEW, _("Reports"), _new, "report", at=F("entered_at")),
)
