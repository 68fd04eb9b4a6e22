"""The figures of an operation, counted anew: two queries for the board, four more for the closing report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q, Sum

from kavalan.casework.custody.limits import limits
from kavalan.casework.operations.models import SiteEntry, SiteSeizure
from kavalan.casework.operations.rules import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kavalan.casework.operations.figures import Counts
    from kavalan.casework.operations.models import Operation

_PLANNED = ~Q(state=State.TAKEN_BACK)
_OF_SITES: Mapping[str, Any] = {
    "sites": Count("pk", filter=_PLANNED),
    "waiting": Count("pk", filter=Q(state=State.PLANNED)),
    "searched": Count("pk", filter=Q(searched_at__isnull=False)),
    "nothing_found": Count("pk", filter=Q(nothing=True)),
    "with_seizure": Count("pk", filter=Q(seized=True)),
    "with_arrest": Count("pk", filter=Q(arrests__gt=0)),
    "arrested": Sum("arrests"),
    "no_warrant": Count("pk", filter=_PLANNED & Q(warrant__isnull=True)),
    "dropped": Count("pk", filter=Q(state=State.TAKEN_BACK)),
}
_AS_KEPT = {"nothing_found": "nothing", "with_seizure": "seized", "arrested": "arrests"}
"""A column cannot be counted under its own name."""


def counted_by_district(operation: Operation) -> Counts:
    """The figures that are told for each district, two queries for any number of sites; totals under the empty id."""
    # Without an order: the sites' own would be a part of each group.
    rows = list(operation.sites.order_by().values("district").annotate(**_OF_SITES))
    counts = {_AS_KEPT.get(name, name): _by_district(rows, name) for name in _OF_SITES}
    linked = SiteSeizure.objects.filter(site__operation=operation, ended_at__isnull=True).order_by()
    found = linked.values(district=F("site__district")).annotate(
        seizures=Count("seizure", distinct=True), things=Count("seizure__devices", distinct=True)
    )
    seized = list(found)
    return counts | {name: _by_district(seized, name) for name in ("seizures", "things")}


def counted(operation: Operation) -> Counts:
    """Every figure (`figures.FIGURES`), as they stand now; only totals where no district is told."""
    counts = counted_by_district(operation)
    warrants = operation.warrants.aggregate(all=Count("pk"), recorded=Count("authority"))
    entries = SiteEntry.objects.filter(site__operation=operation).aggregate(
        corrected=Count("corrects"), late=Count("pk", filter=Q(entered_at__gt=F("at") + limits().late_entry.span))
    )
    totals = {
        "warrants": warrants["all"],
        "warrants_recorded": warrants["recorded"],
        "teams": operation.teams.count(),
        "cases": operation.joined.filter(ended_at__isnull=True).count(),
        **entries,
    }
    return counts | {name: {"": number} if number else {} for name, number in totals.items()}


def _by_district(rows: Iterable[Mapping[str, Any]], name: str) -> dict[str, int]:
    """What was counted under a name in each district, and altogether; nothing where it is none."""
    each = {str(row["district"]): int(row[name]) for row in rows if row[name]}
    return each | {"": sum(each.values())} if each else {}
