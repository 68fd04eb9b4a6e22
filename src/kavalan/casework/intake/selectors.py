"""What an officer may see of what came in: every read here passes the one visibility predicate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from kavalan.casework.access.models import Grant, Role
from kavalan.casework.access.selectors import compartments_with, grants_in, visible
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import ColumnMapping, Delivery, Desk, Naming, Person, Report, ReportFile
from kavalan.casework.intake.rules import INTAKE, Via

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.intake.forms.queries import ReportsQuery

REPORTS_A_PAGE = 50
DELIVERIES_A_PAGE = 50
MOST_NAMINGS = 500
"""Namings shown with a report; the others are counted."""


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One page of reports, the urgent first, and the one after which the next page begins."""

    reports: Sequence[Report]
    after: UUID | None


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """One page of deliveries, the newest first, and the one before which the next page begins."""

    deliveries: Sequence[Delivery]
    before: UUID | None


def visible_reports(officer: Officer, now: datetime, roles: Collection[Role] | None = None) -> QuerySet[Report]:
    """The reports that the officer may see; with `roles`, those where they hold one of them."""
    return Report.objects.filter(visible(Report, officer, now, roles=roles)).select_related("desk__unit")


def report_for(officer: Officer, public_id: UUID, now: datetime) -> Report | None:
    """The report, or None where it does not exist or may not be seen: one answer for both."""
    seen = visible_reports(officer, now).select_related("delivery", "authority", "duplicate_of", "taken_by")
    return seen.filter(public_id=public_id).first()


def report_page(officer: Officer, query: ReportsQuery, now: datetime) -> ReportPage:
    """A page of what the officer may see: urgent before ordinary, then by risk, the newest first."""
    seen = visible_reports(officer, now).filter(_asked(query))
    if query.after is not None:
        seen = seen.filter(_behind(visible_reports(officer, now).filter(public_id=query.after).first()))
    # Neither the tip nor the digest is needed for a list.
    found = list(seen.defer("tip", "digest", "answers").order_by("-lane", "-risk", "-pk")[: REPORTS_A_PAGE + 1])
    page = found[:REPORTS_A_PAGE]
    return ReportPage(page, page[-1].public_id if len(found) > REPORTS_A_PAGE else None)


def _asked(query: ReportsQuery) -> Q:
    conditions = {
        Q(standing=query.standing): query.standing != "all",
        Q(lane=query.lane): bool(query.lane),
        Q(form=query.form): bool(query.form),
        Q(sender__istartswith=query.sender): bool(query.sender),
    }
    return Q(*(condition for condition, holds in conditions.items() if holds))


def _behind(last: Report | None) -> Q:
    """What comes after a report in the order of the list; all of it where there is no such report."""
    if last is None:
        return Q()
    same = Q(lane=last.lane)
    return Q(lane__lt=last.lane) | same & Q(risk__lt=last.risk) | same & Q(risk=last.risk, pk__lt=last.pk)


def persons_of(report: Report) -> list[Person]:
    """Of whom it speaks, in its order, with the pseudonyms of those whose names are sealed."""
    return list(Person.objects.filter(report=report).select_related("identity").order_by("number"))


def files_of(report: Report) -> list[ReportFile]:
    """Its files in its order."""
    return list(ReportFile.objects.filter(report=report).select_related("kept").order_by("number"))


def namings_of(report: Report) -> list[Naming]:
    """What it names, the strong first; the first `MOST_NAMINGS` and one more where there are more."""
    found = Naming.objects.filter(report=report).select_related("indicator", "person__identity")
    return list(found.order_by("-strong", "indicator__kind", "pk")[: MOST_NAMINGS + 1])


def reasons(officer: Officer, report: Report, now: datetime) -> list[Grant]:
    """Why the officer sees it."""
    return list(grants_in(officer, report.compartment_ids(), now))


def desk_for(officer: Officer, public_id: UUID, now: datetime) -> Desk | None:
    """The desk, or None where it does not exist or the officer was not let in: one answer for both."""
    there = Desk.objects.filter(visible(Desk, officer, now), public_id=public_id)
    return there.select_related("unit", "compartment", "opened_by").first()


def let_in(desk: Desk, now: datetime) -> QuerySet[Grant]:
    """Who was let in at a desk, and as what."""
    held = Grant.objects.filter(Q(until__isnull=True) | Q(until__gt=now), compartment=desk.compartment_id)
    return held.select_related("officer", "unit").order_by("pk")


def mappings_of(unit: int) -> list[ColumnMapping]:
    """What a unit has saved about its partners' columns: of each name the newest version."""
    newest: dict[str, ColumnMapping] = {}
    for one in ColumnMapping.objects.filter(unit=unit).order_by("name", "-version"):
        newest.setdefault(one.name, one)
    return list(newest.values())


def desks_of(officer: Officer, now: datetime) -> QuerySet[Desk]:
    """The desks at which the officer takes reports in, by their units' names."""
    rooms = compartments_with(officer, INTAKE, now).filter(pk=OuterRef("compartment")).order_by()
    return Desk.objects.filter(Exists(rooms)).select_related("unit").order_by("unit__name", "pk")


def deliveries_at(officer: Officer, now: datetime) -> QuerySet[Delivery]:
    """What came to desks at which the officer was let in, the newest first."""
    there = Delivery.objects.filter(visible(Desk, officer, now, at="desk_id"))
    return there.select_related("desk__unit", "job", "entered_by", "kept", "columns").order_by("-pk")


def delivery_for(officer: Officer, public_id: UUID, now: datetime) -> Delivery | None:
    """The delivery, or None where it does not exist or may not be seen: one answer for both."""
    return deliveries_at(officer, now).filter(public_id=public_id).first()


def delivery_page(officer: Officer, now: datetime, before: UUID | None = None) -> DeliveryPage:
    """A page of what came as files; what was typed is a report by itself."""
    seen = deliveries_at(officer, now).exclude(via=Via.TYPED)
    if before is not None:
        seen = seen.filter(pk__lt=Delivery.objects.filter(public_id=before).values("pk"))
    found = list(seen.defer("digest", "beside")[: DELIVERIES_A_PAGE + 1])
    page = found[:DELIVERIES_A_PAGE]
    return DeliveryPage(page, page[-1].public_id if len(found) > DELIVERIES_A_PAGE else None)


def answers_for(desk: Desk, now: datetime) -> Officer:
    """Who answers for what comes to a desk by itself: the supervisor of it who was let in first.

    Raises:
        RefusedError: nobody supervises it now.
    """
    held = Grant.objects.filter(compartment=desk.compartment_id, role=Role.SUPERVISOR, officer__is_active=True)
    lasting = held.filter(Q(until__isnull=True) | Q(until__gt=now)).select_related("officer__unit")
    first = lasting.order_by("pk").first()
    if first is None or first.officer is None:
        raise RefusedError("Nobody supervises this desk: an officer who does must be let in first.")
    return first.officer
