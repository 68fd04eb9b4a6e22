"""An account that may be a subject's, from when until when, how surely, and on which evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.authority.scope import KnownAccount
from kavalan.casework.records import Record
from kavalan.casework.subjects.rules import LINKABLE, Certainty

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


class AccountLink(Record):
    """An account may be a subject's on the days from `since` to `until`, both counted; null is not known, or no end.

    Rows are never changed: one that is corrected or split ends, and another follows it. `indicator` is null where it
    turned out to be how a child is reached, and was sealed. It rests on a report, on an exhibit, and always on words.
    """

    subject = models.ForeignKey("subjects.Subject", on_delete=models.PROTECT, related_name="accounts")
    indicator = models.ForeignKey("intake.Indicator", on_delete=models.PROTECT, related_name="subjects", null=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    certainty = models.CharField(max_length=20, choices=Certainty)
    because = models.CharField(max_length=400)
    report = models.ForeignKey("intake.Report", on_delete=models.PROTECT, related_name="+", null=True)
    exhibit = models.ForeignKey("exhibits.Exhibit", on_delete=models.PROTECT, related_name="+", null=True)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, related_name="followed_by", null=True)
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(report__isnull=False) | models.Q(exhibit__isnull=False), name="account_rests"
            ),
            models.CheckConstraint(
                condition=models.Q(since__isnull=True)
                | models.Q(until__isnull=True)
                | models.Q(until__gte=models.F("since")),
                name="account_span_ends",
            ),
        ]

    if TYPE_CHECKING:
        public_id: UUID
        subject_id: int
        indicator_id: int | None
        report_id: int | None
        exhibit_id: int | None

    def __str__(self) -> str:
        return f"account of {self.subject}"

    @property
    def kind_words(self) -> str:
        """What sort of thing it is."""
        return str(LINKABLE.get(self.indicator.kind, self.indicator.kind)) if self.indicator else ""

    def on(self, day: date) -> bool:
        """Whether it is thought to be the subject's on a day."""
        begun = self.since is None or self.since <= day
        return self.ended_at is None and begun and (self.until is None or day <= self.until)

    def scope_reference(self) -> KnownAccount:
        """The account, which an authority must name."""
        return KnownAccount(self.indicator.kind, self.indicator.value) if self.indicator else KnownAccount("", "")

    def compartment_ids(self) -> list[int]:
        """Where it lies: where its subject does."""
        return self.subject.compartment_ids()
