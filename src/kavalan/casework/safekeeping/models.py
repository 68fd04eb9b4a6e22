"""How exhibits are kept, and what of them was destroyed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from kavalan.casework.jobs.models import ACTIVE
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class Way(models.TextChoices):
    """How an exhibit is kept."""

    HELD = "held", _("hold in place: note its digests, and read it again where it lies")
    COPY = "copy", _("keep a copy in the vault")


class Safekeeping(Record):
    """One keeping of an exhibit: asked for, done by its job, and in the end perhaps destroyed.

    `content` is the copy or what is held, `index` the list of a copied folder's files; both None until it is done.
    `left_out` counts what of a folder no copy can hold or nobody could read.
    """

    exhibit = models.ForeignKey("exhibits.Exhibit", on_delete=models.PROTECT, related_name="safekeepings")
    way = models.CharField(max_length=10, choices=Way)
    job = models.OneToOneField("jobs.Job", on_delete=models.PROTECT, related_name="safekeeping")
    content = models.OneToOneField("vault.Kept", on_delete=models.PROTECT, related_name="safekeeping", null=True)
    index = models.OneToOneField("vault.Kept", on_delete=models.PROTECT, related_name="+", null=True)
    members = models.PositiveBigIntegerField(null=True)
    left_out = models.PositiveBigIntegerField(default=0)

    if TYPE_CHECKING:
        public_id: UUID
        exhibit_id: int

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.public_id}"

    def scope_reference(self) -> str:
        """The exhibit's."""
        return self.exhibit.reference

    def compartment_ids(self) -> list[int]:
        """Where the exhibit lies."""
        return self.exhibit.compartment_ids()

    @property
    def active(self) -> bool:
        """Whether its job waits or runs."""
        return self.job.state in ACTIVE


class Destruction(Record):
    """What two people decided to destroy; its certificate stays. `ended_at` is when all of it was gone."""

    exhibit = models.ForeignKey("exhibits.Exhibit", on_delete=models.PROTECT, related_name="destructions")
    approval = models.OneToOneField("approvals.Approval", on_delete=models.PROTECT, related_name="+")
    job = models.OneToOneField("jobs.Job", on_delete=models.PROTECT, related_name="destruction")
    decided_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    if TYPE_CHECKING:
        public_id: UUID

    def __str__(self) -> str:
        return f"destruction {self.public_id}"


class Destroyed(models.Model):
    """One blob of a destruction.

    `sha256` is of what was read just before, None where it could not be read any more. `remains`: the same content is
    kept for something else too, so that only this record of it ended.
    """

    destruction = models.ForeignKey(Destruction, on_delete=models.PROTECT, related_name="destroyed")
    kept = models.OneToOneField("vault.Kept", on_delete=models.PROTECT, related_name="destroyed")
    sha256 = models.BinaryField(max_length=32, null=True)
    remains = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "destroyed"

    def __str__(self) -> str:
        return f"{self.kept}"

    @property
    def sha256_hex(self) -> str:
        """As people compare it; empty where it could not be read."""
        return bytes(self.sha256 or b"").hex()
