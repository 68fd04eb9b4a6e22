"""How long a worker keeps a job, when it may work on it, and when a job is given up."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kavalan.casework.jobs.models import Window
from kavalan.casework.vault.rules import night_of

if TYPE_CHECKING:
    from datetime import datetime

LEASE = timedelta(minutes=5)
"""After this long without a heartbeat a worker counts as dead and another takes the job; one of the same machine is
known to be dead at once (`presence`)."""

HEARTBEAT = timedelta(seconds=2)
"""No more often than this is a heartbeat written: as often as a page asks how far a job is."""

_MEASURED = timedelta(minutes=1)
"""Less than this tells nothing about the pace of the rest."""

MOST_ATTEMPTS = 3
"""A job that got no batch through in so many runs is given up: something in it kills workers."""

_SATURDAY = 5


def open_windows(local: datetime, night: str) -> list[Window]:
    """The windows in which a moment lies.

    Args:
        local: in the unit's zone.
        night: its hours, as `22-6`.
    """
    is_night = night_of(local, night) is not None
    return [
        Window.ALWAYS,
        *([Window.NIGHTS] if is_night else []),
        *([Window.NIGHTS_AND_WEEKENDS] if is_night or local.weekday() >= _SATURDAY else []),
    ]


def time_left(done: int, total: int | None, since: timedelta) -> timedelta | None:
    """How long the rest will take at the pace measured until now; None while or where nobody can tell.

    Args:
        done: of this run, in the job's own unit.
        total: what is left to do at the beginning of this run, None where that is unknown.
        since: how long this run has been going.
    """
    if total is None or not 0 < done <= total or since < _MEASURED:
        return None
    return since * (total - done) / done
