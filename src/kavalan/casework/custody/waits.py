"""What custody says on the first page: hand-overs, gaps, laboratories that are late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Case, Exists, F, OuterRef, Value, When
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from kavalan.casework.access.selectors import visible
from kavalan.casework.custody.limits import limits
from kavalan.casework.custody.models import CustodyEvent, Device
from kavalan.casework.custody.roles import KEEPERS
from kavalan.casework.mydesk.sort import Shelf, Sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from kavalan.casework.mydesk.sort import Asker


def _offered(asker: Asker) -> QuerySet[CustodyEvent]:
    there = visible(CustodyEvent, asker.officer, asker.now)
    return CustodyEvent.objects.filter(there, _open(), taker=asker.officer)


def _unanswered(asker: Asker) -> QuerySet[CustodyEvent]:
    there = visible(CustodyEvent, asker.officer, asker.now, roles=KEEPERS)
    too_long = asker.now - limits().open_offer.span
    return CustodyEvent.objects.filter(there, _open(), entered_by=asker.officer, at__lte=too_long)


def _open() -> Exists:
    # Not `waiting__isnull`: an offer of ten things would be there ten times.
    return Exists(Device.objects.filter(offer=OuterRef("pk")))


def _gaps(asker: Asker) -> QuerySet[Device]:
    return _kept(asker).filter(gaps__gt=0)


def _late(asker: Asker) -> QuerySet[Device]:
    return _kept(asker).filter(due_at__lte=asker.now)


def _kept(asker: Asker) -> QuerySet[Device]:
    return Device.objects.filter(visible(Device, asker.officer, asker.now, roles=KEEPERS))


def _party(side: str) -> Case:
    """Who gave or took, as `CustodyEvent` shows it: an officer, or words for somebody else."""
    officer = Concat(f"{side}__name", Value(" ("), f"{side}__badge", Value(")"))
    return Case(When(**{f"{side}__isnull": False}, then=officer), default=F(f"{side}_words"))


SORTS: Final[Sequence[Sort]] = (
    Sort(
        "custody.offered",
        Shelf.WAITS,
        _("A hand-over that you accept"),
        _offered,
        "hand-over",
        order=("at", "pk"),
        label=_party("giver"),
        said=_("from %(label)s"),
        urgent=True,
    ),
    Sort("custody.gap", Shelf.WAITS, _("A gap in the custody of a thing"), _gaps, "device", urgent=True),
    Sort("custody.late", Shelf.DUE, _("A laboratory that is late"), _late, "device", urgent=True),
    Sort(
        "custody.unanswered",
        Shelf.WAITS,
        _("A hand-over that nobody has accepted"),
        _unanswered,
        "hand-over",
        order=("at", "pk"),
        label=_party("taker"),
        said=_("to %(label)s"),
        urgent=True,
    ),
)
