"""What keeps a report from being purged, purges and what stays of them, backups, and what somebody challenges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager


class Hold(Record):
    """A person holds a report: it is not purged until the hold is lifted."""

    report = models.ForeignKey("intake.Report", on_delete=models.PROTECT, related_name="holds")
    reason = models.CharField(max_length=400)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_why = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report"], name="hold_once", condition=models.Q(lifted_at__isnull=True))
        ]

    if TYPE_CHECKING:
        public_id: UUID
        report_id: int

    def __str__(self) -> str:
        return f"hold on {self.report}"


class By(models.TextChoices):
    """Who asks for a correction or challenges."""

    CONCERNED = "concerned", _("the person concerned")
    REPORTER = "reporter", _("the reporter")
    COUNSEL = "counsel", _("counsel, for one of them")
    OFFICER = "officer", _("an officer who saw it")


class Decision(models.TextChoices):
    """What an officer decided."""

    CORRECTED = "corrected", _("corrected")
    NOTED = "noted", _("noted beside it, not changed")
    REFUSED = "refused", _("refused")


class Challenge(Record):
    """Somebody says that a report states something wrong of them, and what an officer decided.

    The report is evidence and stays as it was received: `right` stands beside `received`, never in its place. `where`
    is the place in the report, in words.
    """

    report = models.ForeignKey("intake.Report", on_delete=models.PROTECT, related_name="challenges")
    by = models.CharField(max_length=20, choices=By)
    where = models.CharField(max_length=200)
    received = models.CharField(max_length=400, blank=True)
    asked = models.CharField(max_length=400)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    decision = models.CharField(max_length=20, choices=Decision, blank=True)
    right = models.CharField(max_length=400, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)

    if TYPE_CHECKING:
        public_id: UUID
        report_id: int

    def __str__(self) -> str:
        return f"challenge about {self.report}"


class Purge(Record):
    """What two people decided to purge from a desk; what stays is this, without content."""

    desk = models.ForeignKey("intake.Desk", on_delete=models.PROTECT, related_name="purges")
    schedule = models.CharField(max_length=40)
    of = models.CharField(max_length=10)
    approval = models.OneToOneField("approvals.Approval", on_delete=models.PROTECT, related_name="+")
    job = models.OneToOneField("jobs.Job", on_delete=models.PROTECT, related_name="purge")
    decided_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    if TYPE_CHECKING:
        public_id: UUID
        desk_id: int
        tombstones: RelatedManager[Tombstone]
        blobs: RelatedManager[PurgedBlob]

    def __str__(self) -> str:
        return f"purge {self.public_id}"

    def compartment_ids(self) -> list[int]:
        """Where its desk lies."""
        return self.desk.compartment_ids()


class Tombstone(models.Model):
    """What stays of a report of a purge: how much was removed, and when. Nothing of what it said."""

    purge = models.ForeignKey(Purge, on_delete=models.PROTECT, related_name="tombstones")
    report = models.ForeignKey("intake.Report", on_delete=models.PROTECT, related_name="tombstones")
    rows = models.PositiveIntegerField(default=0)
    blobs = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["purge", "report"], name="tombstone_once")]

    def __str__(self) -> str:
        return f"tombstone of {self.report}"


class PurgedBlob(models.Model):
    """One blob that went with a purge; see `safekeeping.Destroyed`."""

    purge = models.ForeignKey(Purge, on_delete=models.PROTECT, related_name="blobs")
    kept = models.OneToOneField("vault.Kept", on_delete=models.PROTECT, related_name="purged")
    remains = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kept}"


class KnownBackup(Record):
    """A backup that somebody told the desk of: what was purged after it was made is still in it.

    `name` is its manifest's. `gone_at` is when a person said that it was destroyed.
    """

    name = models.CharField(max_length=100, unique=True)
    made_at = models.DateTimeField()
    whole = models.BooleanField()
    expires_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)
    gone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    if TYPE_CHECKING:
        public_id: UUID

    def __str__(self) -> str:
        return self.name
