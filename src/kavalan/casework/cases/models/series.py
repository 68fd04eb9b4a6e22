"""The number series of a unit's cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class Series(Record):
    """How a unit numbers its cases: `prefix`, a running number, the year, as `CEU/12/2026`."""

    unit = models.OneToOneField("accounts.Unit", on_delete=models.PROTECT, related_name="case_series")
    prefix = models.CharField(max_length=20, unique=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "series"

    if TYPE_CHECKING:
        public_id: UUID
        unit_id: int

    def __str__(self) -> str:
        return self.prefix


class SeriesYear(models.Model):
    """The last number that a series gave in a year."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="series_year_once")]

    def __str__(self) -> str:
        return f"{self.series}, {self.year}: {self.last}"
