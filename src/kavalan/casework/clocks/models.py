"""Time limits of the law that run about something on the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID

    from kavalan.casework.authority.models import Authority
    from kavalan.casework.exhibits.models import Exhibit


class Clock(Record):
    """One time limit, hanging on an exhibit or on an authority; who sees that sees the clock.

    `name` is the law's id of the limit and `version` the first day of the version that holds for it, null where the
    data knows none (`kavalan.law.Law.clock`). `started_at` is when the event happened, `recorded_at` when the desk was
    told; `due_at` is from when on it is too late, null where the law says "without delay". A correction is a row of its
    own that `corrects` the wrong one: what was recorded stays as it was.
    """

    name = models.CharField(max_length=40)
    version = models.DateField(null=True)
    exhibit = models.ForeignKey("exhibits.Exhibit", on_delete=models.PROTECT, related_name="clocks", null=True)
    authority = models.ForeignKey("authority.Authority", on_delete=models.PROTECT, related_name="clocks", null=True)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, related_name="corrected_by", null=True)
    correction_why = models.CharField(max_length=400, blank=True)
    met_at = models.DateTimeField(null=True)
    met_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    met_note = models.CharField(max_length=400, blank=True)
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    dismissed_why = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(exhibit__isnull=True) ^ models.Q(authority__isnull=True), name="clock_hangs_on_one"
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
            )
        ]

    if TYPE_CHECKING:
        public_id: UUID
        corrects_id: int | None

    def __str__(self) -> str:
        return f"{self.name} about {self.matter}"

    @property
    def matter(self) -> Exhibit | Authority:
        """What it hangs on."""
        matter = self.exhibit or self.authority
        if matter is None:
            raise ValueError("a clock hangs on something: the database holds it to that")
        return matter
