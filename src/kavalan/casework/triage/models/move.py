"""Where a report stood and stands: each move a person's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.intake.rules import Standing
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class Move(Record):
    """A person moved a report from one standing to another."""

    report = models.ForeignKey("intake.Report", on_delete=models.PROTECT, related_name="moves")
    before = models.CharField(max_length=20, choices=Standing)
    after = models.CharField(max_length=20, choices=Standing)
    reason = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    if TYPE_CHECKING:
        public_id: UUID
        report_id: int

    def __str__(self) -> str:
        return f"{self.report_id}: {self.before} to {self.after}"
