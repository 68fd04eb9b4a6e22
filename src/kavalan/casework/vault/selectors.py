"""Reading what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from kavalan.casework.access.selectors import visible
from kavalan.casework.vault.models import GIVEN_OUT, Kept

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer


def kept(officer: Officer, now: datetime) -> QuerySet[Kept]:
    """What is kept where the officer may see it, or for the officer's unit, destroyed or not."""
    return Kept.objects.filter(Q(unit=officer.unit_id) | Q(visible(Kept, officer, now)))


def paper_for(officer: Officer, public_id: UUID, now: datetime) -> Kept | None:
    """A paper that the officer may have as a file; None where there is none, and where it is destroyed."""
    there = kept(officer, now).filter(what__in=GIVEN_OUT, doomed_at__isnull=True)
    return there.filter(public_id=public_id).first()
