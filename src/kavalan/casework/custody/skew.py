"""A device's clock against true time: how far it is off, and how surely that is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Skew:
    """The device's clock is ahead by something between these two; behind where they are negative."""

    least: timedelta
    most: timedelta

    @property
    def middle(self) -> timedelta:
        """The likeliest."""
        return self.least + (self.most - self.least) / 2

    @property
    def either_way(self) -> timedelta:
        """How far from the middle it may be."""
        return (self.most - self.least) / 2


def skew_of(shown: datetime, true: datetime, *, step: timedelta, within: timedelta) -> Skew:
    """How far a clock is ahead that showed this at that true time.

    Args:
        shown: what the device showed, aware.
        true: what the time was, aware.
        step: the smallest that the device shows, a minute or a second: it may have been anything less than that more.
        within: how far the true time may have been off, either way.
    """
    ahead = shown - true
    return Skew(ahead - within, ahead + step + within)
