"""An operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager

    from kavalan.casework.operations.models.closing import ClosingReport
    from kavalan.casework.operations.models.link import OperationCase
    from kavalan.casework.operations.models.site import Site
    from kavalan.casework.operations.models.team import Team
    from kavalan.casework.operations.models.warrant import Warrant


class Operation(Record):
    """Cases of several districts and units that are worked on together, and the day on which sites are searched.

    It lies in a compartment of its own, and its sites, teams and warrants with it. `reference` is its number, counted
    beside the cases of its unit. `title` says what it is about, in words that name nobody. `day` is the day of the
    search, null until one is set. `closed_at` is when it was first closed.
    """

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="operations")
    reference = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    compartment = models.OneToOneField("access.Compartment", on_delete=models.PROTECT, related_name="operation")
    day = models.DateField(null=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "reference"], name="operation_once")]

    if TYPE_CHECKING:
        public_id: UUID
        unit_id: int
        compartment_id: int
        opened_by_id: int
        joined: RelatedManager[OperationCase]
        teams: RelatedManager[Team]
        warrants: RelatedManager[Warrant]
        sites: RelatedManager[Site]
        closings: RelatedManager[ClosingReport]

    def __str__(self) -> str:
        return self.reference

    def compartment_ids(self) -> list[int]:
        """Where it lies: in its own."""
        return [self.compartment_id]


class OperationYear(models.Model):
    """The number of the last operation that a unit opened in a year."""

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="operation_year_once")]

    def __str__(self) -> str:
        return f"{self.unit}, {self.year}: {self.last}"
