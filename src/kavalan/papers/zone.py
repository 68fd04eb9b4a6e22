"""Times as papers show them: in the unit's zone, with its distance from UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kavalan.papers.errors import DataError

if TYPE_CHECKING:
    from datetime import datetime


def check_zone(zone: str) -> None:
    """Refuse what is no zone.

    Raises:
        DataError: no IANA zone has that name.
    """
    try:
        ZoneInfo(zone)
    except (LookupError, ValueError, OSError) as error:  # a name that is unknown, no name, or a folder's
        message = f"{zone!r} is no time zone; give one like Asia/Kolkata"
        raise DataError(message) from error


def shown_time(moment: datetime, zone: str) -> str:
    """As `09/03/2026 10:00:00 +05:30`."""
    shown = moment.astimezone(ZoneInfo(zone)).strftime("%d/%m/%Y %H:%M:%S %z")
    return f"{shown[:-2]}:{shown[-2:]}"
