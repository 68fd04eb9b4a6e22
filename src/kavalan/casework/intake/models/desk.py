"""A unit's intake desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class Desk(Record):
    """Where a unit takes reports in: every report that comes there lies in its compartment."""

    unit = models.OneToOneField("accounts.Unit", on_delete=models.PROTECT, related_name="desk")
    compartment = models.OneToOneField("access.Compartment", on_delete=models.PROTECT, related_name="desk")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    if TYPE_CHECKING:
        public_id: UUID
        unit_id: int
        compartment_id: int

    def __str__(self) -> str:
        return f"intake of {self.unit}"

    def compartment_ids(self) -> list[int]:
        """Where it lies."""
        return [self.compartment_id]


class Numbering(models.Model):
    """The last running number that a desk has given to a report in a year."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="numberings")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["desk", "year"], name="numbering_once")]

    def __str__(self) -> str:
        return f"{self.desk}, {self.year}: {self.last}"
