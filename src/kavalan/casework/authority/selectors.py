"""Asking an authority."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from kavalan.casework.authority.models import Authority, Permit
from kavalan.casework.authority.rules import Activity, Grounds, Span, refusal
from kavalan.casework.errors import RefusedError

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer


def grounds_of(authority: Authority) -> Grounds:
    """What the authority says, read anew."""
    spans = {
        Activity(permit.activity): Span(permit.valid_from, permit.valid_until) for permit in authority.permits.all()
    }
    return Grounds(spans, frozenset(authority.exhibits))


def authorities_in_force(officer: Officer, activity: Activity, now: datetime) -> QuerySet[Authority]:
    """The authorities of the officer's unit that permit the activity now, the newest first."""
    permits = Permit.objects.filter(
        authority=OuterRef("pk"), activity=activity, valid_from__lte=now, valid_until__gt=now
    )
    return Authority.objects.filter(Exists(permits), unit=officer.unit_id).order_by("-pk")


def ask(authority: Authority, officer: Officer, activity: Activity, exhibit: str, at: datetime) -> None:
    """Ask whether the officer may do that to the exhibit of that reference at that time.

    Raises:
        RefusedError: when not; the text says why.
    """
    why = refusal(grounds_of(authority), activity, exhibit, at)
    if authority.unit_id != officer.unit_id:
        why = "It was given to another unit."
    if why is not None:
        message = f"{authority} does not allow this. {why}"
        raise RefusedError(message)
