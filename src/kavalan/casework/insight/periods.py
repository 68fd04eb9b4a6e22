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


def span_of(year: int) -> Span:
    """A year's first moment and the first after it, in the desk's zone, as aware UTC."""
    zone = timezone.get_current_timezone()
    first, after = (datetime(each, 1, 1, tzinfo=zone).astimezone(UTC) for each in (year, year + 1))
    return first, after
