"""What figures need by the clock: in which district new reports lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.errors import RefusedError
from kavalan.casework.insight.services import place_reports
from kavalan.casework.intake.models import Desk, Report

if TYPE_CHECKING:
    from datetime import datetime


def place_if_due(now: datetime) -> str | None:
    """Look at two hundred reports of each desk that has new ones; nothing is told of it."""
    waiting = Report.objects.filter(named_district__isnull=True)
    for desk in Desk.objects.filter(pk__in=waiting.values("desk")).order_by("pk"):
        try:
            place_reports(None, now, desk=desk)
        except RefusedError:
            # Another worker was there first.
            continue
    return None
