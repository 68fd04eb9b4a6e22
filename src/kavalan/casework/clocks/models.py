"""Time limits of the law that run about something on the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from django.conf import settings
from django.db import models

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID

    from kavalan.casework.authority.models import Authority
    from kavalan.casework.exhibits.models import Exhibit
    from kavalan.casework.intake.models import Report

    Matter: TypeAlias = Exhibit | Authority | Report


class MetTogether(Record):
    """One act by which many time limits of one name were met: said once, of all of them."""

    name = models.CharField(max_length=40)
    met_at = models.DateTimeField()
    note = models.CharField(max_length=400)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "met together"

    if TYPE_CHECKING:
        public_id: UUID

    def __str__(self) -> str:
        return f"{self.name}, met together"


class Clock(Record):
    """One time limit, hanging on an exhibit, an authority or a report; who sees that sees the clock.

    `name` is the law's id of the limit and `version` the first day of the version that holds for it, null where the
    data knows none (`kavalan.law.Law.clock`). `started_at` is when the event happened, `recorded_at` when the desk was
    told; `due_at` is from when on it is too late, null where the law says "without delay". `recorded_by` is null where
    the desk began it because it took a report in. A correction is a row of its own that `corrects` the wrong one: what
    was recorded stays as it was. `together` is the act by which it was met with others.
    """

    name = models.CharField(max_length=40)
    version = models.DateField(null=True)
    exhibit = models.ForeignKey("exhibits.Exhibit", on_delete=models.PROTECT, related_name="clocks", null=True)
    authority = models.ForeignKey("authority.Authority", on_delete=models.PROTECT, related_name="clocks", null=True)
    report = models.ForeignKey("intake.Report", on_delete=models.PROTECT, related_name="clocks", null=True)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, related_name="corrected_by", null=True)
    correction_why = models.CharField(max_length=400, blank=True)
    met_at = models.DateTimeField(null=True)
    met_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    met_note = models.CharField(max_length=400, blank=True)
    together = models.ForeignKey(MetTogether, on_delete=models.PROTECT, related_name="clocks", null=True)
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    dismissed_why = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(exhibit__isnull=False, authority__isnull=True, report__isnull=True)
                | models.Q(exhibit__isnull=True, authority__isnull=False, report__isnull=True)
                | models.Q(exhibit__isnull=True, authority__isnull=True, report__isnull=False),
                name="clock_hangs_on_exactly_one",
            ),
            models.CheckConstraint(
                condition=models.Q(met_at__isnull=True) | models.Q(dismissed_at__isnull=True), name="clock_ends_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="clock_running",
                condition=models.Q(met_at__isnull=True, dismissed_at__isnull=True),
            ),
            models.Index(
                fields=["name", "due_at", "id"],
                name="clock_running_by_name",
                condition=models.Q(met_at__isnull=True, dismissed_at__isnull=True),
            ),
        ]

    if TYPE_CHECKING:
        public_id: UUID
        corrects_id: int | None

    def __str__(self) -> str:
        return f"{self.name} about {self.matter}"

    @property
    def matter(self) -> Matter:
        """What it hangs on; each has a `reference`."""
        matter = self.exhibit or self.authority or self.report
        if matter is None:
            raise ValueError("a clock hangs on something: the database holds it to that")
        return matter
