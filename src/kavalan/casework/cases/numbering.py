"""The next number of a unit's series; part of the verbs that make a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from kavalan.casework.cases.models import Series, SeriesYear
from kavalan.casework.errors import RefusedError

if TYPE_CHECKING:
    from datetime import datetime


def next_reference(unit: int, at: datetime) -> str:
    """Take the next number of a unit's series, as `CEU/12/2026`; the year is the desk's.

    Args:
        unit: the unit's number in the database.
        at: aware UTC.

    Raises:
        RefusedError: the unit has no series.
    """
    series = Series.objects.filter(unit=unit).first()
    if series is None:
        raise RefusedError("Your unit has no number series yet. A supervisor opens it on the page of cases.")
    year = timezone.localtime(at).year
    SeriesYear.objects.get_or_create(series=series, year=year)
    counted = SeriesYear.objects.select_for_update().get(series=series, year=year)
    counted.last += 1
    counted.save(update_fields=["last"])
    return f"{series.prefix}/{counted.last}/{year}"
