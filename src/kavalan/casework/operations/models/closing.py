"""The closing report of an operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class ClosingReport(Record):
    """The figures of an operation as they stood when it was closed; what is told later makes another, not this one.

    `figures` holds for each figure (`figures.FIGURES`) its count by district, the total under the empty one.
    """

    operation = models.ForeignKey("operations.Operation", on_delete=models.PROTECT, related_name="closings")
    number = models.PositiveSmallIntegerField()
    figures = models.JSONField()
    remark = models.CharField(max_length=400, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["operation", "number"], name="closing_report_once")]

    if TYPE_CHECKING:
        public_id: UUID
        operation_id: int

    def __str__(self) -> str:
        return f"closing {self.number} of operation {self.operation_id}"
