"""What triage does by the clock: tell urgent reports on, look again by new rules, draw the day's slice."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Desk
from kavalan.casework.triage.models import RuleSet, Urgent
from kavalan.casework.triage.services import draw_slice, escalate_urgent, look_again

if TYPE_CHECKING:
    from datetime import datetime

MOST_BATCHES: Final = 10
"""Batches of two hundred reports that are looked at again before the worker turns to something else."""


def escalate_if_due(now: datetime) -> str | None:
    """Tell on what nobody acknowledged in time, at every desk; a line for the log, or None."""
    late = Urgent.objects.filter(acknowledged_at__isnull=True, due_at__lte=now)
    desks = list(Desk.objects.filter(pk__in=late.values("desk")).order_by("pk"))
    for desk in desks:
        escalate_urgent(None, now, desk=desk)
    return f"urgent reports at {len(desks)} desks were told on" if desks else None


def look_again_if_due(now: datetime) -> str | None:
    """Look again at what waits for rules that were taken; a line for the log, or None."""
    waiting = RuleSet.objects.filter(unit__isnull=False, taken_at__isnull=False, applied_at__isnull=True)
    for rules in waiting.order_by("pk"):
        try:
            for _ in range(MOST_BATCHES):
                if look_again(None, now, rules=rules).applied_at is not None:
                    break
        except RefusedError:
            # Others were taken after these, and are in the same list.
            continue
    return None


def draw_if_due(now: datetime) -> str | None:
    """Draw the day's slice at each desk that has none; a line for the log, or None."""
    day = timezone.localdate(now)
    drawn = 0
    for desk in Desk.objects.exclude(draws__day=day).order_by("pk"):
        try:
            draw_slice(None, now, desk=desk, day=day, seed=secrets.token_bytes(32))
        except RefusedError:
            # Nothing lies low there yet; it may later in the day.
            continue
        drawn += 1
    return f"the day's slice was drawn at {drawn} desks" if drawn else None
