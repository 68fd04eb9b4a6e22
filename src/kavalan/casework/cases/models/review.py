"""Looking through what is kept of a case that is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.cases.rules import ReviewDecision
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class RetentionReview(Record):
    """A case ended without a charge or in an acquittal: a supervisor looks through what is kept of it by a day.

    `schedule` is the row of the retention's schedules by which the day was counted. What was decided is added once; a
    case that is taken up again needs none any more.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="reviews")
    schedule = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decision = models.CharField(max_length=20, choices=ReviewDecision, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="review_open_once", condition=models.Q(decided_at__isnull=True)
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="review_due", condition=models.Q(decided_at__isnull=True))]

    if TYPE_CHECKING:
        public_id: UUID
        case_id: int

    def __str__(self) -> str:
        return f"review of case {self.case_id}"

    def compartment_ids(self) -> list[int]:
        """Where it lies: where its case does."""
        return self.case.compartment_ids()
