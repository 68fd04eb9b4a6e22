"""Somebody of whom a report speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from kavalan.casework.intake.rules import PersonRole
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class Person(Record):
    """Somebody of whom a report speaks, by their number in it. What is said of them is what somebody reported.

    `told` is `kavalan.tips.Person` as plain values. Of a victim, of a reporter who wants it so and of whoever may be a
    minor, `identity` holds the name, the birth, the contact and the address, and `told` holds none of them. `minor` is
    what speaks for a reported person's being one (`kavalan.tips.triage.Basis`), told before anything was sealed.
    """

    report = models.ForeignKey("intake.Report", on_delete=models.PROTECT, related_name="persons")
    number = models.PositiveIntegerField()
    role = models.CharField(max_length=10, choices=PersonRole)
    told = models.JSONField()
    identity = models.ForeignKey("identities.Identity", on_delete=models.PROTECT, related_name="persons", null=True)

    minor = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="person_once")]

    if TYPE_CHECKING:
        public_id: UUID
        report_id: int

    def __str__(self) -> str:
        return f"person {self.number + 1} of {self.report}"

    def compartment_ids(self) -> list[int]:
        """Where it lies: where its report does."""
        return self.report.compartment_ids()
