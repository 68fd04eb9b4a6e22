"""The daily slice of the low end: what was drawn, from what, by which seed, and what an officer found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.records import Record
from kavalan.casework.triage.rules import SliceAnswer

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager


class Draw(Record):
    """One day's draw at a desk.

    From `among` reports, whose public ids in their order have the SHA-256 `digest`, those are drawn whose SHA-256 of
    `seed` and public id is smallest: whoever has the ids can draw again (`drawing.drawn`).
    """

    desk = models.ForeignKey("intake.Desk", on_delete=models.PROTECT, related_name="draws")
    day = models.DateField()
    seed = models.BinaryField(max_length=32)
    among = models.JSONField()
    digest = models.BinaryField(max_length=32)
    drawn_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["desk", "day"], name="draw_once_a_day")]

    if TYPE_CHECKING:
        public_id: UUID
        desk_id: int
        drawn: RelatedManager[Drawn]

    def __str__(self) -> str:
        return f"draw of {self.day}"

    @property
    def seed_hex(self) -> str:
        """The seed, as people compare it."""
        return bytes(self.seed).hex()


class Drawn(Record):
    """A report that was drawn, as it stood then; an officer says once whether it was rightly low."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="drawn")
    report = models.OneToOneField("intake.Report", on_delete=models.PROTECT, related_name="drawn")
    assessment = models.ForeignKey("triage.Assessment", on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=20, choices=SliceAnswer, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "drawn"

    if TYPE_CHECKING:
        public_id: UUID
        report_id: int

    def __str__(self) -> str:
        return f"{self.report_id} of {self.draw_id}"
