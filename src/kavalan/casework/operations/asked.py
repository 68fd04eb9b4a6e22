"""What a request about operations names: missing and closed answer alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.http import Http404
from django.utils import timezone

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.operations.selectors import operations, sites

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.operations.models import Operation, Site

Found = TypeVar("Found")


def operation_or_404(request: HttpRequest, public_id: UUID) -> Operation:
    """The operation, as far as the officer may see it.

    Raises:
        Http404: as each of these, when there is none, or it is not open to the officer.
    """
    return found_or_404(request, operations.operation_for, public_id)


def site_or_404(request: HttpRequest, public_id: UUID) -> Site:
    """The site."""
    return found_or_404(request, sites.site_for, public_id)


def found_or_404(
    request: HttpRequest, find: Callable[[Officer, UUID, datetime], Found | None], public_id: UUID
) -> Found:
    """What a selector finds for the officer."""
    found = find(officer_of(request), public_id, timezone.now())
    if found is None:
        raise Http404
    return found
