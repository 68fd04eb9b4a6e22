"""What a request names: missing and closed answer alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.http import Http404
from django.utils import timezone

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.intake import selectors

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from kavalan.casework.intake.models import Delivery, Desk, Report

Found = TypeVar("Found")


def report_or_404(request: HttpRequest, public_id: UUID) -> Report:
    """The report, as far as the officer may see it.

    Raises:
        Http404: when there is none, or it is not open to the officer.
    """
    return _there(selectors.report_for(officer_of(request), public_id, timezone.now()))


def delivery_or_404(request: HttpRequest, public_id: UUID) -> Delivery:
    """The delivery; raises as `report_or_404`."""
    return _there(selectors.delivery_for(officer_of(request), public_id, timezone.now()))


def desk_or_404(request: HttpRequest, public_id: UUID) -> Desk:
    """The desk; raises as `report_or_404`."""
    return _there(selectors.desk_for(officer_of(request), public_id, timezone.now()))


def _there(found: Found | None) -> Found:
    if found is None:
        raise Http404
    return found
