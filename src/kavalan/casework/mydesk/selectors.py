"""When an officer was last here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.accounts.models import DeskSession

if TYPE_CHECKING:
    from datetime import datetime


def last_here(session: DeskSession) -> datetime | None:
    """When the officer last did something in an earlier session; None where this is the first."""
    earlier = DeskSession.objects.filter(officer=session.officer_id, since__lt=session.since).order_by("-since")
    return earlier.values_list("last_seen", flat=True).first()
