"""When the vault is read again, and how much of it a night."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from kavalan.casework.errors import DeskError

if TYPE_CHECKING:
    from datetime import date, datetime

LEAST = 1 << 30
"""Bytes: less than this is read within seconds."""

_HOURS = re.compile(r"(\d{1,2})-(\d{1,2})")


class NightError(DeskError):
    """The hours of the night are written wrongly."""


def night_of(local: datetime, hours: str) -> date | None:
    """The night in which a moment lies, by the day on which it began; None by day.

    Args:
        local: in the unit's zone.
        hours: as `22-6`: from this hour on and before that one.

    Raises:
        NightError: they are no hours.
    """
    found = _HOURS.fullmatch(hours)
    begin, end = (int(found[1]), int(found[2])) if found else (24, 24)
    if not (begin < 24 and end < 24 and begin != end):
        message = f"KAVALAN_NIGHT is {hours!r}; write two hours, as 22-6"
        raise NightError(message)
    if local.hour >= begin and (begin > end or local.hour < end):
        return local.date()
    return local.date() - timedelta(days=1) if begin > end and local.hour < end else None


def budget_of(size: int, days: int, gib: int) -> int:
    """How many bytes to read a night.

    Args:
        size: bytes of all that is kept.
        days: within which all of it is to be read.
        gib: what the unit has set; 0 for as much as that takes, with half as much again for nights that are missed.
    """
    return gib << 30 or max(LEAST, -(-size * 3 // (days * 2)))
