"""What the worker does by the clock, beside its jobs: one list."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kavalan.casework.insight.duty import place_if_due
from kavalan.casework.intake.drop import take_dropped
from kavalan.casework.ledger.schedule import checkpoint_if_due
from kavalan.casework.search.filling import fill_if_due, refresh_daily
from kavalan.casework.triage.duty import draw_if_due, escalate_if_due, look_again_if_due
from kavalan.casework.uploads.sweeping import sweep_uploads
from kavalan.casework.vault.services import rehash_if_due

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime


class Duty:
    """Something that falls due; it decides itself whether it does, and is asked now and then.

    Args:
        name: for the log.
        every: between two looks.
        do: looks at the time (aware UTC) and does what is due; what it answers is told, once until it changes.
    """

    def __init__(self, name: str, every: timedelta, do: Callable[[datetime], str | None]) -> None:
        self._name, self._every, self._do = name, every, do
        self._next: datetime | None = None
        self._told: str | None = None

    def look(self, now: datetime) -> str | None:
        """Do what is due; a line for the log, or None."""
        if self._next is not None and now < self._next <= now + self._every:
            return None
        self._next = now + self._every
        told, before = self._do(now), self._told
        self._told = told
        return None if told is None or told == before else f"{self._name}: {told}"


def duties() -> tuple[Duty, ...]:
    """All of them."""
    return (
        Duty("ledger", timedelta(minutes=1), checkpoint_if_due),
        Duty("vault", timedelta(minutes=1), rehash_if_due),
        Duty("urgent lane", timedelta(minutes=1), escalate_if_due),
        Duty("rules", timedelta(seconds=10), look_again_if_due),
        Duty("slice", timedelta(minutes=10), draw_if_due),
        Duty("drop folder", timedelta(seconds=2), take_dropped),
        Duty("uploads", timedelta(minutes=1), sweep_uploads),
        Duty("districts", timedelta(minutes=1), place_if_due),
        Duty("search", timedelta(minutes=1), fill_if_due),
        Duty("words", timedelta(days=1), refresh_daily),
    )


def look(due: tuple[Duty, ...], now: datetime) -> Iterator[str]:
    """Do what is due of each; lines for the log."""
    for duty in due:
        if (told := duty.look(now)) is not None:
            yield told
