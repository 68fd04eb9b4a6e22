"""Reports that a named officer must acknowledge, and whom it was told to when none did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager


class Urgent(Record):
    """Floors hold for a report that held before for none of its rows; a named officer acknowledges this one.

    `floors` names the facts. `level` is how often it was told on, `due_at` when it is next; null once it was told to
    the last, or acknowledged.
    """

    report = models.ForeignKey("intake.Report", on_delete=models.PROTECT, related_name="urgent")
    desk = models.ForeignKey("intake.Desk", on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey("triage.Assessment", on_delete=models.PROTECT, related_name="+")
    floors = models.JSONField()
    raised_at = models.DateTimeField()
    level = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    acknowledged_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["desk", "due_at"], name="urgent_waiting", condition=models.Q(acknowledged_at__isnull=True)
            ),
        ]

    if TYPE_CHECKING:
        public_id: UUID
        report_id: int
        desk_id: int
        assessment_id: int
        acknowledged_by_id: int | None
        escalations: RelatedManager[Escalation]

    def __str__(self) -> str:
        return f"urgent {self.report_id}"


class Escalation(Record):
    """Nobody acknowledged it in time, so it was told on; `to` is one of `lane.Told`."""

    urgent = models.ForeignKey(Urgent, on_delete=models.PROTECT, related_name="escalations")
    level = models.PositiveSmallIntegerField()
    to = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["urgent", "level"], name="escalation_once")]

    if TYPE_CHECKING:
        public_id: UUID
        urgent_id: int

    def __str__(self) -> str:
        return f"{self.urgent_id} told on to {self.to}"
