"""Sites, and what stands on their pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from kavalan.casework.access.selectors import visible
from kavalan.casework.authority.models import Authority
from kavalan.casework.authority.rules import Kind
from kavalan.casework.custody.models import Seizure
from kavalan.casework.custody.roles import KEEPERS
from kavalan.casework.operations.models import Operation, Site, SiteEntry, SiteSeizure, Warrant
from kavalan.casework.operations.query import WHICH
from kavalan.casework.operations.rules import State, holding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.operations.query import SitesQuery

SITES_A_PAGE = 50
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page of sites in the order in which they were taken in, and the one after which the next page begins."""

    sites: Sequence[Site]
    after: UUID | None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry about a site, and whether it holds: it was not corrected, and takes nothing back."""

    entry: SiteEntry
    holds: bool


def site_for(officer: Officer, public_id: UUID, now: datetime) -> Site | None:
    """The site, or None where it does not exist or its operation may not be seen: one answer for both."""
    there = Site.objects.filter(visible(Operation, officer, now, "operation_id"), public_id=public_id)
    return there.select_related("operation__unit", "team", "warrant__authority", "case", "entered_by").first()


def entry_for(officer: Officer, public_id: UUID, now: datetime) -> SiteEntry | None:
    """An entry about a site, likewise."""
    there = SiteEntry.objects.filter(visible(Operation, officer, now, "site__operation_id"), public_id=public_id)
    return there.select_related("site__operation").first()


def link_for(officer: Officer, public_id: UUID, now: datetime) -> SiteSeizure | None:
    """A seizure at a site, likewise."""
    there = SiteSeizure.objects.filter(visible(Operation, officer, now, "site__operation_id"), public_id=public_id)
    return there.select_related("site__operation", "seizure").first()


def warrant_for(officer: Officer, public_id: UUID, now: datetime) -> Warrant | None:
    """A warrant of an operation, likewise."""
    there = Warrant.objects.filter(visible(Operation, officer, now, "operation_id"), public_id=public_id)
    return there.select_related("operation").first()


def site_page(operation: Operation, officer: Officer, query: SitesQuery) -> SitePage:
    """A page of the sites of an operation that the officer may see."""
    seen = operation.sites.filter(_asked(officer, query)).select_related("team")
    if query.after is not None:
        seen = seen.filter(pk__gt=Site.objects.filter(public_id=query.after).values("pk"))
    found = list(seen.order_by("pk")[: SITES_A_PAGE + 1])
    page = found[:SITES_A_PAGE]
    return SitePage(page, page[-1].public_id if len(found) > SITES_A_PAGE else None)


def site_counts(operation: Operation, officer: Officer) -> dict[str, int]:
    """How many sites each filter alone would leave, by its word; one query."""
    each = {**WHICH, "mine": _theirs(officer)}
    counted: dict[str, int] = operation.sites.aggregate(
        all=Count("pk"), **{f"{name}_": Count("pk", filter=asked) for name, asked in each.items()}
    )
    return {name.removesuffix("_"): number for name, number in counted.items()}


def entries_of(site: Site) -> list[Entry]:
    """All that is told of a site, in the order in which it was entered."""
    rows = list(site.entries.select_related("entered_by", "corrects").order_by("pk"))
    held = {one.number for one in holding([row.told for row in rows])}
    return [Entry(row, row.pk in held) for row in rows]


def linked_to(site: Site, officer: Officer, now: datetime) -> tuple[list[SiteSeizure], int]:
    """What was seized at a site as far as the officer may see it, with its things, and how many seizures besides."""
    rows = site.seizures.filter(ended_at__isnull=True)
    seen = rows.filter(visible(Seizure, officer, now, "seizure_id")).select_related("seizure", "linked_by")
    shown = list(seen.prefetch_related("seizure__devices").order_by("pk"))
    return shown, rows.count() - len(shown)


def seizures_to_link(officer: Officer, now: datetime) -> list[Seizure]:
    """Seizures on which the officer works and of which nobody said at which site they were, the newest first."""
    linked = SiteSeizure.objects.filter(ended_at__isnull=True).values("seizure")
    theirs = Seizure.objects.filter(visible(Seizure, officer, now, roles=KEEPERS)).exclude(pk__in=linked)
    return list(theirs.select_related("authority").order_by("-pk")[:MOST_SHOWN])


def authorities_to_link(officer: Officer) -> list[Authority]:
    """Warrants that were recorded for the officer's unit, the newest first."""
    theirs = Authority.objects.filter(unit=officer.unit_id, kind=Kind.WARRANT, withdrawn_at__isnull=True)
    return list(theirs.order_by("-pk")[:MOST_SHOWN])


def sites_left(operation: Operation, officer: Officer) -> list[Site]:
    """The sites of the officer's teams that wait to be searched."""
    theirs = operation.sites.filter(_theirs(officer), state=State.PLANNED)
    return list(theirs.select_related("team").order_by("pk")[:SITES_A_PAGE])


def _asked(officer: Officer, query: SitesQuery) -> Q:
    found = WHICH.get(query.which, Q())
    if query.mine:
        found &= _theirs(officer)
    if query.district:
        found &= Q(district=query.district)
    if query.team is not None:
        found &= Q(team__public_id=query.team)
    return found


def _theirs(officer: Officer) -> Q:
    return Q(team__in=officer.teams.values("team"))
