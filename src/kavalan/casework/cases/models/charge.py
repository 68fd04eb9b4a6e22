"""The sections of law that stand on a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class Charge(Record):
    """A section of an act for which a case is investigated, from when and until when it was struck out.

    `act` is the act's id in `kavalan.law`, `section` its number as it is cited: `67B`, `15(2)`. What it says on a day
    is in the data, not here.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="charges")
    act = models.CharField(max_length=40)
    section = models.CharField(max_length=40)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "act", "section"], name="charge_once", condition=models.Q(ended_at__isnull=True)
            ),
        ]

    if TYPE_CHECKING:
        public_id: UUID
        case_id: int

    def __str__(self) -> str:
        return f"{self.act} {self.section}"

    def compartment_ids(self) -> list[int]:
        """Where it lies: where its case does."""
        return self.case.compartment_ids()
