"""What triage says on the first page: urgent reports, units that do not answer them, the slice of the low end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Exists, F, OuterRef, Value
from django.utils.translation import gettext_lazy as _

from kavalan.casework.accounts.models import Unit
from kavalan.casework.intake.selectors import desks_of
from kavalan.casework.mydesk.sort import Shelf, Sort
from kavalan.casework.triage.models import Drawn, Urgent
from kavalan.casework.triage.selectors.slice import to_answer
from kavalan.casework.triage.selectors.urgent import told_to, waiting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from kavalan.casework.intake.models import Desk
    from kavalan.casework.mydesk.sort import Asker


def _urgent(asker: Asker) -> QuerySet[Urgent]:
    return waiting(asker.officer, asker.now).filter(desk__in=_desks(asker))


def _silent(asker: Asker) -> QuerySet[Unit]:
    """Units of whose urgent reports the officer was told though they are closed to them."""
    return Unit.objects.filter(Exists(told_to(asker.officer, asker.now).filter(desk__unit=OuterRef("pk"))))


def _drawn(asker: Asker) -> QuerySet[Drawn]:
    return to_answer(asker.officer, asker.now).filter(draw__desk__in=_desks(asker))


def _desks(asker: Asker) -> QuerySet[Desk]:
    # What lies in a case is seen there as well; it waits for who works at the desk.
    return desks_of(asker.officer, asker.now).order_by().select_related(None)


SORTS: Final[Sequence[Sort]] = (
    Sort(
        "triage.urgent",
        Shelf.WAITS,
        _("An urgent report that nobody has acknowledged"),
        _urgent,
        "urgent-report",
        order=("turn", "raised_at", "pk"),
        rank=F("turn"),
        label=F("report__reference"),
        at=F("raised_at"),
        urgent=True,
    ),
    Sort(
        "triage.silent",
        Shelf.WAITS,
        _("A unit that does not answer urgent reports"),
        _silent,
        "urgent",
        bare=True,
        order=("name",),
        label=F("name"),
        urgent=True,
    ),
    Sort(
        "triage.slice",
        Shelf.WAITS,
        _("Drawn from the low end, to be answered"),
        _drawn,
        "slice",
        bare=True,
        order=("pk",),
        label=Value(""),
        counted=(_("%(number)s report"), _("%(number)s reports")),
    ),
)
