"""Reported persons who may be children."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.records import Record
from kavalan.casework.triage.rules import MinorBasis

if TYPE_CHECKING:
    from uuid import UUID


class PossibleMinor(Record):
    """A reported person may be a child, and is in the child lane until evidence of majority ends that.

    Rows are never taken away: a later flag is another row. While one is in force the person is in no bundle and no
    count, and that they can be found raises nothing. `where` is the place in the tip, empty for an officer's flag.
    """

    person = models.ForeignKey("intake.Person", on_delete=models.PROTECT, related_name="possible_minors")
    report = models.ForeignKey("intake.Report", on_delete=models.PROTECT, related_name="possible_minors")
    basis = models.CharField(max_length=20, choices=MinorBasis)
    where = models.CharField(max_length=100, blank=True)
    found_at = models.DateTimeField()
    flagged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=400, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    ended_why = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_at__isnull=True), name="possible_minor_once"
            )
        ]

    if TYPE_CHECKING:
        public_id: UUID
        person_id: int
        report_id: int

    def __str__(self) -> str:
        return f"person {self.person_id} may be a minor"
