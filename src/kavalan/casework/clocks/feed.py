"""An officer's duty list as events of a calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.urls import reverse

from kavalan.casework.clocks.calendar import Event
from kavalan.casework.clocks.duties import section_of
from kavalan.casework.clocks.selectors import history, running, seen, shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.clocks.selectors import Shown

MOST_EVENTS: Final = 500
"""The most pressing of what has to be met, and as many of what has ended."""
TOLD_AFTER_END: Final = timedelta(days=30)
"""For so long a calendar is told that something has ended."""


def events_for(officer: Officer, now: datetime, absolute: Callable[[str], str]) -> list[Event]:
    """What has to be met at a moment, and what need not any more, which a calendar then takes out.

    Args:
        officer: whose list it is.
        now: aware UTC.
        absolute: makes an address of the desk absolute.
    """
    recent = Q(met_at__gte=now - TOLD_AFTER_END) | Q(dismissed_at__gte=now - TOLD_AFTER_END)
    rows = seen(officer, now).filter(recent, due_at__isnull=False, corrected_by__isnull=True)
    ended = shown(rows.order_by("-pk")[:MOST_EVENTS], now)
    return [_event(one, absolute) for one in (*running(officer, now, MOST_EVENTS), *ended) if one.due.at is not None]


def _event(one: Shown, absolute: Callable[[str], str]) -> Event:
    clock = one.clock
    before = history(clock)
    ended = clock.met_at is not None or clock.dismissed_at is not None
    return Event(
        # A correction is the same event at another time.
        id=(before[-1] if before else clock).public_id,
        at=clock.due_at or one.due.started_at,
        changed_at=max(filter(None, (clock.recorded_at, clock.met_at, clock.dismissed_at))),
        sequence=len(before) + ended,
        summary=f"{clock.matter.reference}, {section_of(one)}",
        address=absolute(reverse("clock", args=[clock.public_id])),
        cancelled=ended,
    )
