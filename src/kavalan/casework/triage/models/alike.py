"""Reports that are the same one, and reports about the same account: said beside them, and undone by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.records import Record
from kavalan.casework.triage.rules import Because

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager


class _Undoable(Record):
    """What the desk found and a person may undo and put back; who did so last, when and why."""

    in_force = models.BooleanField(default=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    changed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        abstract = True


class Duplicate(_Undoable):
    """A report is the same one as an earlier one. What a person undid stays undone, whatever comes later."""

    report = models.OneToOneField("intake.Report", on_delete=models.PROTECT, related_name="duplicate")
    first = models.ForeignKey("intake.Report", on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=10, choices=Because)
    found_at = models.DateTimeField()

    if TYPE_CHECKING:
        public_id: UUID
        report_id: int
        first_id: int

    def __str__(self) -> str:
        return f"{self.report_id} is {self.first_id}"


class Bundle(Record):
    """Reports at one desk that name one account as reported; each keeps its clock, its victims, its authority."""

    desk = models.ForeignKey("intake.Desk", on_delete=models.PROTECT, related_name="bundles")
    indicator = models.ForeignKey("intake.Indicator", on_delete=models.PROTECT, related_name="bundles")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["desk", "indicator"], name="bundle_once")]

    if TYPE_CHECKING:
        public_id: UUID
        desk_id: int
        indicator_id: int
        bundled: RelatedManager[Bundled]

    def __str__(self) -> str:
        return f"reports about {self.indicator_id}"


class Bundled(_Undoable):
    """A report lies in a bundle, or a person took it out."""

    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, related_name="bundled")
    report = models.ForeignKey("intake.Report", on_delete=models.PROTECT, related_name="bundled")
    found_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bundle", "report"], name="bundled_once")]

    if TYPE_CHECKING:
        public_id: UUID
        bundle_id: int
        report_id: int

    def __str__(self) -> str:
        return f"{self.report_id} in {self.bundle_id}"
