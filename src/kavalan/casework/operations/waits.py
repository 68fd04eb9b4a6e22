"""What operations say on the first page: search days that come, and the sites that are one's own to search."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kavalan.casework.access.selectors import given_since, visible
from kavalan.casework.mydesk.sort import Shelf, Sort
from kavalan.casework.operations.models import Operation, Site
from kavalan.casework.operations.rules import State
from kavalan.casework.operations.working import LEADS, WORKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from kavalan.casework.mydesk.sort import Asker

AHEAD: Final = timedelta(days=7)
"""How long before a search day it is on the first page."""


def _coming(asker: Asker) -> QuerySet[Operation]:
    there = visible(Operation, asker.officer, asker.now, roles=WORKS)
    today = timezone.localdate(asker.now)
    return Operation.objects.filter(there, closed_at__isnull=True, day__range=(today, today + AHEAD))


def _unclosed(asker: Asker) -> QuerySet[Operation]:
    there = visible(Operation, asker.officer, asker.now, roles=LEADS)
    return Operation.objects.filter(there, closed_at__isnull=True, day__lt=timezone.localdate(asker.now))


def _to_search(asker: Asker) -> QuerySet[Site]:
    there = visible(Operation, asker.officer, asker.now, "operation_id", WORKS)
    own = asker.officer.teams.values("team")
    begun = {"operation__closed_at__isnull": True, "operation__day__lte": timezone.localdate(asker.now)}
    return Site.objects.filter(there, state=State.PLANNED, team__in=own, **begun)


def _let_in(asker: Asker) -> QuerySet[Operation]:
    return Operation.objects.filter(compartment__in=given_since(asker.officer, asker.since, asker.now))


SORTS: Final[Sequence[Sort]] = (
    Sort("operations.coming", Shelf.DUE, _("A search day within a week"), _coming, "operation", order=("day", "pk")),
    Sort(
        "operations.site",
        Shelf.WAITS,
        _("A site that your team searches"),
        _to_search,
        "site",
        order=("pk",),
        urgent=True,
    ),
    Sort(
        "operations.unclosed",
        Shelf.WAITS,
        _("An operation to close: its search day is over"),
        _unclosed,
        "operation-report",
        order=("day", "pk"),
    ),
    Sort("operations.let_in", Shelf.NEW, _("Operations into which you were let"), _let_in, "operation"),
)
