"""Rules by which reports are looked at, what a person answered, and what came out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from django.conf import settings
from django.db import models

from kavalan.casework.records import Record
from kavalan.tips import triage

if TYPE_CHECKING:
    from uuid import UUID


class RuleSet(Record):
    """One version of the rules, as text that is never changed (`kavalan.tips.triage.read_rules`).

    `unit` is null for the rules that come with Kavalan. A unit's own are brought by one officer and taken by a
    supervisor who is another; in force are those that were taken last. `applied_at` is when every open report had been
    looked at by them.
    """

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="rule_sets", null=True)
    version = models.CharField(max_length=200)
    text = models.TextField()
    digest = models.BinaryField(max_length=32)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    brought_at = models.DateTimeField()
    reason = models.CharField(max_length=400, blank=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    taken_at = models.DateTimeField(null=True)
    taken_why = models.CharField(max_length=400, blank=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "version"], name="rule_set_once"),
            models.UniqueConstraint(
                fields=["digest"], condition=models.Q(unit__isnull=True), name="packaged_rule_set_once"
            ),
            models.CheckConstraint(
                condition=models.Q(taken_by__isnull=True) | ~models.Q(taken_by=models.F("brought_by")),
                name="rule_set_taken_by_another",
            ),
        ]

    if TYPE_CHECKING:
        public_id: UUID
        unit_id: int | None
        brought_by_id: int | None

    def __str__(self) -> str:
        return f"rules, version {self.version}"

    @property
    def rules(self) -> triage.Rules:
        """What they say."""
        return triage.read_rules(self.text.encode())


class Answer(Record):
    """What a person says of one fact of a report; the newest of a fact holds, and null makes it unknown again."""

    report = models.ForeignKey("intake.Report", on_delete=models.PROTECT, related_name="triage_answers")
    fact = models.CharField(max_length=40)
    answer = models.BooleanField(null=True)
    reason = models.CharField(max_length=400)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    if TYPE_CHECKING:
        public_id: UUID
        report_id: int

    def __str__(self) -> str:
        return f"{self.fact} of {self.report_id}"


class Assessment(Record):
    """One look at a report; rows are added and never changed, and the one with the highest number holds.

    `counted` is `kavalan.tips.triage.Assessment` as plain values: every line with its weight, its answer and its place.
    `by` and `reason` say who made it necessary; null for the look when it came in and for looks by new rules.
    """

    report = models.ForeignKey("intake.Report", on_delete=models.PROTECT, related_name="assessments")
    number = models.PositiveIntegerField()
    rules = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="assessments")
    risk = models.SmallIntegerField()
    workability = models.SmallIntegerField()
    viewing = models.SmallIntegerField()
    unknown = models.PositiveSmallIntegerField()
    counted = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="assessment_once")]

    if TYPE_CHECKING:
        public_id: UUID
        report_id: int
        rules_id: int

    def __str__(self) -> str:
        return f"look {self.number} at {self.report_id}"

    @property
    def lines(self) -> triage.Assessment:
        """What was counted, line by line."""
        return msgspec.convert(self.counted, triage.Assessment)
