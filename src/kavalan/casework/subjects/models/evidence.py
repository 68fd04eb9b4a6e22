"""What speaks for a hypothesis, and what against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.records import Record
from kavalan.casework.subjects.rules import Side

if TYPE_CHECKING:
    from uuid import UUID


class Evidence(Record):
    """One thing that speaks for or against; it points at a report or an exhibit, or rests on the officer's word."""

    subject = models.ForeignKey("subjects.Subject", on_delete=models.PROTECT, related_name="evidence")
    side = models.CharField(max_length=10, choices=Side)
    text = models.TextField()
    report = models.ForeignKey("intake.Report", on_delete=models.PROTECT, related_name="+", null=True)
    exhibit = models.ForeignKey("exhibits.Exhibit", on_delete=models.PROTECT, related_name="+", null=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name_plural = "evidence"

    if TYPE_CHECKING:
        public_id: UUID
        subject_id: int
        report_id: int | None
        exhibit_id: int | None

    def __str__(self) -> str:
        return f"{self.side} {self.subject}"
