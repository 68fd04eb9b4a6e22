"""What routing says on the first page: reports offered, and what other units ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from kavalan.casework.accounts.models import Unit
from kavalan.casework.intake.selectors import desks_of
from kavalan.casework.mydesk.sort import Shelf, Sort
from kavalan.casework.routing.models import Asked, Transfer
from kavalan.casework.routing.rules import Outcome, Reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from kavalan.casework.intake.models import Desk
    from kavalan.casework.mydesk.sort import Asker


def _offered(asker: Asker) -> QuerySet[Transfer]:
    return Transfer.objects.filter(to_desk__in=_desks(asker), outcome=Outcome.OPEN)


def _unaccepted(asker: Asker) -> QuerySet[Transfer]:
    ours = Transfer.objects.filter(from_desk__in=_desks(asker), outcome=Outcome.OPEN)
    return ours.exclude(to_desk__in=_desks(asker))


def _asking(asker: Asker) -> QuerySet[Unit]:
    asked = Asked.objects.filter(desk__in=_desks(asker), reply="").exclude(inquiry__asked_by=asker.officer)
    return Unit.objects.filter(Exists(asked.filter(inquiry__unit=OuterRef("pk"))))


def _ended(asker: Asker) -> QuerySet[Transfer]:
    ours = Transfer.objects.filter(from_desk__in=_desks(asker), ended_at__gt=asker.since)
    return ours.exclude(ended_by=asker.officer)


def _answered(asker: Asker) -> QuerySet[Asked]:
    asked = Asked.objects.filter(inquiry__asked_by=asker.officer, answered_at__gt=asker.since)
    return asked.exclude(answered_by=asker.officer)


def _desks(asker: Asker) -> QuerySet[Desk]:
    return desks_of(asker.officer, asker.now).order_by().select_related(None)


_LABEL = Concat("sender_reference", Value(", "), "office")
_FROM = Concat("sender_reference", Value(", "), "from_desk__unit__name")
SORTS: Final[Sequence[Sort]] = (
    Sort(
        "routing.offered",
        Shelf.WAITS,
        _("A report offered to you: accept or refuse it"),
        _offered,
        "transfer",
        order=("pk",),
        label=_FROM,
    ),
    Sort(
        "routing.unaccepted",
        Shelf.WAITS,
        _("Offered to others, not accepted: still yours"),
        _unaccepted,
        "transfer",
        order=("pk",),
        label=_LABEL,
    ),
    Sort(
        "routing.asked",
        Shelf.WAITS,
        _("Another unit asks what you hold"),
        _asking,
        "inquiries",
        bare=True,
        order=("name",),
        label=F("name"),
    ),
    Sort(
        "routing.ended",
        Shelf.NEW,
        _("What became of reports that you offered"),
        _ended,
        "transfer",
        order=("-ended_at", "-pk"),
        label=_LABEL,
        kind=F("outcome"),
        kinds=dict(Outcome.choices),
        said=_("%(label)s: %(kind)s"),
    ),
    Sort(
        "routing.answered",
        Shelf.NEW,
        _("What other units answered you"),
        _answered,
        "inquiries",
        bare=True,
        order=("-answered_at", "-pk"),
        label=F("desk__unit__name"),
        kind=F("reply"),
        kinds=dict(Reply.choices),
        said=_("%(label)s: %(kind)s"),
    ),
)
