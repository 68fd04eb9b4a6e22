"""Asking an authority."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.authority.rules import Activity, Grounds, Span, refusal
from kavalan.casework.errors import RefusedError

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.authority.models import Authority


def grounds_of(authority: Authority) -> Grounds:
    """What the authority says, read anew."""
    spans = {
        Activity(permit.activity): Span(permit.valid_from, permit.valid_until) for permit in authority.permits.all()
    }
    return Grounds(spans, frozenset(authority.exhibits))


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
