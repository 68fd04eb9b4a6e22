"""Who may be told of a case, as it was said over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.cases.rules import Marking
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class MarkingSet(Record):
    """The handling mark of a case from a time on, and why; `Case.marking` repeats the newest."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="markings")
    marking = models.CharField(max_length=20, choices=Marking)
    reason = models.CharField(max_length=400)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "markings set"
        indexes = [models.Index(fields=["case", "-id"], name="marking_of_case")]

    if TYPE_CHECKING:
        public_id: UUID
        case_id: int

    def __str__(self) -> str:
        return f"case {self.case_id}: {self.get_marking_display()}"

    def compartment_ids(self) -> list[int]:
        """Where it lies: where its case does."""
        return self.case.compartment_ids()
