"""A question whether other units hold what identifies somebody, and which of their reports it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.records import Record
from kavalan.casework.routing.rules import Reply

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager


class Inquiry(Record):
    """One asking, about one identifier or several; `report` is the one at which it was asked; null where typed."""

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="inquiries")
    report = models.ForeignKey("intake.Report", on_delete=models.PROTECT, related_name="inquiries", null=True)
    reason = models.CharField(max_length=400)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "inquiries"
        indexes = [models.Index(fields=["unit", "asked_at"], name="inquiry_of_unit")]

    if TYPE_CHECKING:
        public_id: UUID
        unit_id: int
        report_id: int | None
        sought: RelatedManager[Sought]
        asked: RelatedManager[Asked]

    def __str__(self) -> str:
        return f"inquiry of {self.unit}, {self.asked_at:%Y-%m-%d}"


class Sought(models.Model):
    """An inquiry asked about an identifier, in the form in which they are compared."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="sought")
    kind = models.CharField(max_length=30)
    value = models.CharField(max_length=400)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inquiry", "kind", "value"], name="sought_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class Asked(Record):
    """An inquiry found reports of a desk: it is told so, and its officers may answer."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="asked")
    desk = models.ForeignKey("intake.Desk", on_delete=models.PROTECT, related_name="inquiries")
    reply = models.CharField(max_length=20, choices=Reply, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inquiry", "desk"], name="asked_once")]

    if TYPE_CHECKING:
        public_id: UUID
        desk_id: int
        held: RelatedManager[Held]

    def __str__(self) -> str:
        return f"{self.desk}, asked on {self.inquiry.asked_at:%Y-%m-%d}"

    def reports(self) -> list[tuple[Held, list[Sought]]]:
        """Each report that was found, once, with what it names of what was sought."""
        found: dict[int, tuple[Held, list[Sought]]] = {}
        for held in self.held.all():
            found.setdefault(held.report_id, (held, []))[1].append(held.sought)
        return list(found.values())


class Held(models.Model):
    """A report of the asked desk names something that was sought; `reference` is its number there on that day."""

    asked = models.ForeignKey(Asked, on_delete=models.PROTECT, related_name="held")
    sought = models.ForeignKey(Sought, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey("intake.Report", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asked", "sought", "report"], name="held_once")]
        verbose_name_plural = "held"

    if TYPE_CHECKING:
        report_id: int

    def __str__(self) -> str:
        return f"{self.sought} in {self.reference}"
