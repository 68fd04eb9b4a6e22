"""Where a case came to stand, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.cases.rules import Outcome, Stage
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class StageReached(Record):
    """A case came to a stage: when that happened, and when it was entered.

    Rows are added and never changed. A correction is a row that `corrects` the wrong one; with `void` it says that
    nothing of the kind happened. `Case.stage` repeats the row that happened last and stands.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="stages")
    stage = models.CharField(max_length=20, choices=Stage)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    happened_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, related_name="corrected_by", null=True)
    void = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "stages reached"
        indexes = [models.Index(fields=["case", "-happened_at", "-id"], name="stage_by_time")]

    if TYPE_CHECKING:
        public_id: UUID
        case_id: int
        corrects_id: int | None
        corrected_by: StageReached

    def __str__(self) -> str:
        return f"case {self.case_id}: {self.get_stage_display()}"

    def compartment_ids(self) -> list[int]:
        """Where it lies: where its case does."""
        return self.case.compartment_ids()
