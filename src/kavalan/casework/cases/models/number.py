"""The numbers that others give a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.cases.rules import NumberKind
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class ExternalNumber(Record):
    """What another office calls the case: an FIR, a tip, a court's number. It is withdrawn, never changed or deleted.

    `number` stands as it was written, `folded` as it is compared and found (`cases.numbers.folded`). `office` says
    whose it is where the kind does not: which station, which court.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="numbers")
    kind = models.CharField(max_length=20, choices=NumberKind)
    number = models.CharField(max_length=100)
    folded = models.CharField(max_length=100)
    office = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "folded", "office"],
                name="external_number_once",
                condition=models.Q(withdrawn_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["folded"], name="external_number_folded")]

    if TYPE_CHECKING:
        public_id: UUID
        case_id: int

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def compartment_ids(self) -> list[int]:
        """Where it lies: where its case does."""
        return self.case.compartment_ids()
