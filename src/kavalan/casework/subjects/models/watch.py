"""A watch: officers are told when newly and lawfully received material names an account. It looks for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.records import Record
from kavalan.casework.subjects.rules import Outcome

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager


class Watch(Record):
    """Named officers are told of what names an account of a subject, under an authority, until a moment.

    Nothing runs for it: when a report is taken in that names the account, whoever takes it in asks which watches there
    are. A renewal is a row of its own, by another officer. `indicator` is null where it turned out to be how a child is
    reached. What came of it is recorded when it is over.
    """

    subject = models.ForeignKey("subjects.Subject", on_delete=models.PROTECT, related_name="watches")
    indicator = models.ForeignKey("intake.Indicator", on_delete=models.PROTECT, related_name="watches", null=True)
    authority = models.ForeignKey("authority.Authority", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=400)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    until = models.DateTimeField()
    renews = models.OneToOneField("self", on_delete=models.PROTECT, related_name="renewed_by", null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    outcome_words = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name_plural = "watches"
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gt=models.F("begun_at")), name="watch_ends"),
        ]

    if TYPE_CHECKING:
        public_id: UUID
        subject_id: int
        indicator_id: int | None
        authority_id: int
        begun_by_id: int
        watchers: RelatedManager[Watcher]
        told: RelatedManager[Told]

    def __str__(self) -> str:
        return f"watch for {self.subject} until {self.until:%Y-%m-%d}"

    def in_force(self, now: datetime) -> bool:
        """Whether it has not ended and its time is not over."""
        return self.ended_at is None and now < self.until


class Watcher(models.Model):
    """An officer whom a watch tells."""

    watch = models.ForeignKey(Watch, on_delete=models.PROTECT, related_name="watchers")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["watch", "officer"], name="watcher_once")]

    def __str__(self) -> str:
        return f"{self.officer} by {self.watch}"


class Told(Record):
    """An officer was told that a report names the account; `read_at` is when they said that they know."""

    watch = models.ForeignKey(Watch, on_delete=models.PROTECT, related_name="told")
    report = models.ForeignKey("intake.Report", on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "told"
        constraints = [models.UniqueConstraint(fields=["watch", "report", "officer"], name="told_once")]
        indexes = [models.Index(fields=["officer", "read_at"], name="told_unread")]

    if TYPE_CHECKING:
        public_id: UUID
        watch_id: int
        report_id: int
        officer_id: int

    def __str__(self) -> str:
        return f"{self.officer}, of {self.report}"
