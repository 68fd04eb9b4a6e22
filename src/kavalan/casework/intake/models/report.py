"""A report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.access.selectors import compartments_of
from kavalan.casework.intake.rules import Form, Lane, Standing
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager

    from kavalan.casework.intake.models.file import ReportFile
    from kavalan.casework.intake.models.indicator import Naming
    from kavalan.casework.intake.models.person import Person


class Report(Record):
    """One report, with its own clock, its own victims and its own authority, whatever else resembles it.

    `reference` is the desk's own running number, `sender_number` the sender's. `position` is its place in its delivery,
    from 1. `tip` is `kavalan.tips.Tip` as plain values, in which the names that are sealed are replaced by pseudonyms.
    `received_at` is when the sender had it, as far as the tip says a moment, `arrived_at` when it reached the unit,
    `entered_at` when the desk was told. `digest` is the SHA-256 of its own bytes as they came; of a row of a table, and
    of what was typed, a keyed digest of what it says, since its few words could be guessed. `duplicate_of` is the first
    one with the same number of that sender, or the same bytes; nothing of it is hidden.
    `lane` and the three points repeat what its newest assessment says: lists are ordered by them. They are never added
    up. `standing` is moved by people alone. `answers` is what whoever took it was told, yes or no, by the name of the
    fact (`kavalan.tips.triage.FactName`).
    """

    reference = models.CharField(max_length=30)
    desk = models.ForeignKey("intake.Desk", on_delete=models.PROTECT, related_name="reports")
    delivery = models.ForeignKey("intake.Delivery", on_delete=models.PROTECT, related_name="taken_in")
    position = models.PositiveIntegerField()
    form = models.CharField(max_length=20, choices=Form)
    sender = models.CharField(max_length=200, blank=True)
    sender_number = models.CharField(max_length=100, blank=True)
    received_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    tip = models.JSONField()
    digest = models.BinaryField(max_length=32)
    answers = models.JSONField(default=dict)
    authority = models.OneToOneField("authority.Authority", on_delete=models.PROTECT, related_name="report", null=True)
    duplicate_of = models.ForeignKey("self", on_delete=models.PROTECT, related_name="duplicates", null=True)
    lane = models.CharField(max_length=10, choices=Lane, default=Lane.ORDINARY)
    risk = models.SmallIntegerField(default=0)
    workability = models.SmallIntegerField(default=0)
    viewing = models.SmallIntegerField(default=0)
    unknown = models.PositiveSmallIntegerField(default=0)
    standing = models.CharField(max_length=20, choices=Standing, default=Standing.OPEN)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk", "reference"], name="report_once"),
            models.UniqueConstraint(fields=["delivery", "position"], name="report_of_delivery_once"),
        ]
        indexes = [
            models.Index(fields=["standing", "-lane", "-risk", "-id"], name="report_by_risk"),
            models.Index(fields=["desk", "standing", "-id"], name="report_newest"),
            models.Index(fields=["desk", "sender", "sender_number"], name="report_by_number"),
            models.Index(fields=["digest"], name="report_by_digest"),
        ]

    if TYPE_CHECKING:
        public_id: UUID
        desk_id: int
        delivery_id: int
        authority_id: int | None
        duplicate_of_id: int | None
        taken_by_id: int | None
        persons: RelatedManager[Person]
        files: RelatedManager[ReportFile]
        namings: RelatedManager[Naming]
        duplicates: RelatedManager[Report]

    def __str__(self) -> str:
        return self.reference

    def scope_reference(self) -> str:
        """As its own authority names it."""
        return self.reference

    def compartment_ids(self) -> list[int]:
        """Where it lies."""
        return compartments_of(self)
