"""The years for which figures are shown: whole ones, so that no two overlap and none is subtracted from another."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kavalan.casework.insight.sources import Span

YEARS: Final = 5
"""So many years are offered, the one that runs among them."""


def offered(now: datetime) -> Sequence[int]:
    """The years that are offered, the newest first."""
    this = timezone.localtime(now).year
    return range(this, this - YEARS, -1)


def span_of(year: int, now: datetime) -> Span:
    """A year's first moment and the first after it, aware UTC; of the year that runs, up to its last whole month.

    What is counted up to today would tell tomorrow what one day has added.
    """
    begun = timezone.localtime(now)
    end = (begun.year, begun.month) if year == begun.year else (year + 1, 1)
    zone = timezone.get_current_timezone()
    first, after = datetime(year, 1, 1, tzinfo=zone), datetime(*end, 1, tzinfo=zone)
    return first.astimezone(UTC), after.astimezone(UTC)
