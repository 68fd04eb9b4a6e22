"""What a request about cases names: missing and closed answer alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.utils import timezone

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.cases.selectors import case_for

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from kavalan.casework.cases.models import Case


def case_or_404(request: HttpRequest, public_id: UUID) -> Case:
    """The case, as far as the officer may see it.

    Raises:
        Http404: when there is none, or it is not open to the officer.
    """
    found = case_for(officer_of(request), public_id, timezone.now())
    if found is None:
        raise Http404
    return found
