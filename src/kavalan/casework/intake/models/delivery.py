"""What came to a desk at one time, and what a partner's columns mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.intake.rules import Form, Via
from kavalan.casework.records import Record
from kavalan.sources import shown

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager

    from kavalan.casework.intake.models.report import Report


class ColumnMapping(Record):
    """What the columns of a unit's partner mean (`kavalan.tips.Columns`), under a name; a change is a new version."""

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="column_mappings")
    name = models.CharField(max_length=100)
    version = models.PositiveIntegerField()
    columns = models.JSONField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "name", "version"], name="column_mapping_once")]

    if TYPE_CHECKING:
        public_id: UUID
        unit_id: int

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"


class Delivery(Record):
    """What came to a desk at one time: a file with one report or thousands, or what one person said or typed.

    `kept` is the original in the vault, byte for byte, and `sha256` its digest; both are null for what was typed.
    `name` is the file's, an enemy's bytes. `arrived_at` is when it reached the unit, `entered_at` when the desk was
    told. `reports` counts what was read, `duplicates` those of them that had come before, `unread` parts that could
    not be read; `fault` says why reading ended early. `digest` is that of all its reports, once it is read. `beside`
    names what lay in a bundle and no referral speaks of, or could not be read: pairs of a path and a reason.
    """

    desk = models.ForeignKey("intake.Desk", on_delete=models.PROTECT, related_name="deliveries")
    form = models.CharField(max_length=20, choices=Form)
    via = models.CharField(max_length=10, choices=Via)
    sender = models.CharField(max_length=200, blank=True)
    name = models.BinaryField(blank=True)
    kept = models.ForeignKey("vault.Kept", on_delete=models.PROTECT, related_name="deliveries", null=True)
    sha256 = models.BinaryField(max_length=32, null=True)
    size = models.PositiveBigIntegerField(default=0)
    columns = models.ForeignKey("intake.ColumnMapping", on_delete=models.PROTECT, related_name="+", null=True)
    arrived_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    job = models.OneToOneField("jobs.Job", on_delete=models.PROTECT, related_name="delivery", null=True)
    reports = models.PositiveIntegerField(default=0)
    duplicates = models.PositiveIntegerField(default=0)
    unread = models.PositiveIntegerField(default=0)
    fault = models.TextField(blank=True)
    digest = models.BinaryField(max_length=32, null=True)
    beside = models.JSONField(default=list)

    class Meta:
        verbose_name_plural = "deliveries"

    if TYPE_CHECKING:
        public_id: UUID
        desk_id: int
        taken_in: RelatedManager[Report]

    def __str__(self) -> str:
        return f"{self.get_form_display()} of {self.arrived_at:%Y-%m-%d}"

    def compartment_ids(self) -> list[int]:
        """Where it lies: where its desk does."""
        return self.desk.compartment_ids()

    @property
    def shown_name(self) -> str:
        """The file's name, safe to show."""
        return shown(bytes(self.name))
