"""The table of jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class State(models.TextChoices):
    """Where a job is; the last four are ends."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("cancelled")
    REFUSED = "refused", _("stopped: no longer permitted")
    FAILED = "failed", _("failed")


ACTIVE = (State.WAITING, State.RUNNING)


class Priority(models.IntegerChoices):
    """Which job is taken first; of those of one priority, the oldest."""

    FIRST = 1, _("before all others")
    SOON = 2, _("soon")
    USUAL = 3, _("in its turn")
    LATER = 4, _("later")
    LAST = 5, _("when nothing else waits")


class Window(models.TextChoices):
    """When a job is worked on."""

    ALWAYS = "", _("at any time")
    NIGHTS = "nights", _("by night")
    NIGHTS_AND_WEEKENDS = "nights_and_weekends", _("by night and at weekends")


class Job(Record):
    """Work that an officer asked for, done in batches by whoever holds the lease; work of the house has no authority.

    What falls due by the clock nobody asked for: it has no officer.

    `cursor` is the number of the last batch that was loaded, `progress` counts items; `attempts` counts runs since the
    last batch that got through. `total` is what `progress` will come to, null where nobody knows; `taken_at` and
    `taken_progress` are when the last run began and where it stood.
    """

    kind = models.CharField(max_length=60)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    authority = models.ForeignKey("authority.Authority", on_delete=models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=100, blank=True)
    heartbeat_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    cursor = models.PositiveIntegerField(default=0)
    progress = models.PositiveBigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    cancel_asked = models.BooleanField(default=False)
    fault = models.TextField(blank=True)
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.USUAL)
    paused = models.BooleanField(default=False)
    window = models.CharField(max_length=20, choices=Window, blank=True, default=Window.ALWAYS)
    total = models.PositiveBigIntegerField(null=True)
    taken_at = models.DateTimeField(null=True)
    taken_progress = models.PositiveBigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["state", "priority", "id"], name="job_next")]

    if TYPE_CHECKING:
        public_id: UUID

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def active(self) -> bool:
        """Whether it waits or runs."""
        return self.state in ACTIVE

    @property
    def standing(self) -> str:
        """Where it is, in words: what somebody asked for is said before it has happened."""
        if self.state not in ACTIVE:
            return str(self.get_state_display())
        if self.cancel_asked:
            return str(_("is being stopped"))
        if self.paused:
            return str(_("paused") if self.state == State.WAITING else _("pauses after this batch"))
        return str(self.get_state_display())
