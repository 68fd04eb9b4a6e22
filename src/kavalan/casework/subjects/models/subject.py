"""A subject: a hypothesis about one person, who has a number here and no name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.access.selectors import compartments_of
from kavalan.casework.records import Record
from kavalan.casework.subjects.rules import Closed

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager

    from kavalan.casework.subjects.models.account import AccountLink
    from kavalan.casework.subjects.models.evidence import Evidence
    from kavalan.casework.subjects.models.watch import Watch


class SubjectYear(models.Model):
    """The last number that a unit gave to a subject in a year."""

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="subject_year_once")]

    def __str__(self) -> str:
        return f"subjects of {self.year}: {self.last}"


class Subject(Record):
    """A hypothesis that accounts belong to one person. It is never a finding, and it names nobody.

    `reference` is a running number of the unit, as `S/3/2026`: the pseudonym. What reports call the person stands in
    the reports. `hypothesis` and `innocent_because` repeat the newest `Statement`, `closed_at` the `Closing` in force,
    `merged_into` the `Merging` in force. It lies where the cases lie that it is joined in.
    """

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="subjects")
    reference = models.CharField(max_length=30)
    hypothesis = models.TextField()
    innocent_because = models.TextField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, related_name="merged", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "reference"], name="subject_once")]
        indexes = [models.Index(fields=["opened_by", "opened_at"], name="subject_by_opener")]

    if TYPE_CHECKING:
        public_id: UUID
        unit_id: int
        opened_by_id: int
        merged_into_id: int | None
        accounts: RelatedManager[AccountLink]
        evidence: RelatedManager[Evidence]
        statements: RelatedManager[Statement]
        closings: RelatedManager[Closing]
        watches: RelatedManager[Watch]
        merged: RelatedManager[Subject]

    def __str__(self) -> str:
        return self.reference

    def compartment_ids(self) -> list[int]:
        """Where it lies: where its cases do."""
        return compartments_of(self)


class Statement(Record):
    """How a hypothesis was put at a time, with what could make it innocent; the newest is what holds."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="statements")
    hypothesis = models.TextField()
    innocent_because = models.TextField()
    reason = models.CharField(max_length=400, blank=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.subject}, {self.said_at:%Y-%m-%d}"


class Closing(Record):
    """A hypothesis was closed, and perhaps taken up again."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="closings")
    outcome = models.CharField(max_length=20, choices=Closed)
    reason = models.CharField(max_length=400)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    undone_at = models.DateTimeField(null=True)
    undone_why = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], name="closing_once", condition=models.Q(undone_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}, {self.outcome}"


class Merging(Record):
    """Two hypotheses turned out to be about one person: `gone` goes on in `kept`, with all that belongs to it.

    Nothing is moved, so that undoing it loses nothing.
    """

    kept = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="mergings")
    gone = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=400)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    undone_at = models.DateTimeField(null=True)
    undone_why = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gone"], name="merging_once", condition=models.Q(undone_at__isnull=True)),
        ]

    if TYPE_CHECKING:
        public_id: UUID
        kept_id: int
        gone_id: int

    def __str__(self) -> str:
        return f"{self.gone} goes on in {self.kept}"
