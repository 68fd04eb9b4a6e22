"""What an officer may see of what came in: every read here passes the one visibility predicate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from kavalan.casework.access.models import Grant, Role
from kavalan.casework.access.selectors import compartments_with, visible
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Delivery, Desk, Report
from kavalan.casework.intake.rules import INTAKE

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer


def visible_reports(officer: Officer, now: datetime, roles: Collection[Role] | None = None) -> QuerySet[Report]:
    """The reports that the officer may see; with `roles`, those where they hold one of them."""
    return Report.objects.filter(visible(Report, officer, now, roles=roles)).select_related("desk__unit")


def report_for(officer: Officer, public_id: UUID, now: datetime) -> Report | None:
    """The report, or None where it does not exist or may not be seen: one answer for both."""
    seen = visible_reports(officer, now).select_related("delivery", "authority", "duplicate_of", "taken_by")
    return seen.filter(public_id=public_id).first()


def desks_of(officer: Officer, now: datetime) -> QuerySet[Desk]:
    """The desks at which the officer takes reports in, by their units' names."""
    rooms = compartments_with(officer, INTAKE, now).filter(pk=OuterRef("compartment")).order_by()
    return Desk.objects.filter(Exists(rooms)).select_related("unit").order_by("unit__name", "pk")


def deliveries_at(officer: Officer, now: datetime) -> QuerySet[Delivery]:
    """What came to those desks, the newest first."""
    return Delivery.objects.filter(desk__in=desks_of(officer, now)).select_related("desk__unit", "job").order_by("-pk")


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
