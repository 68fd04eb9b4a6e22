"""What the desk answers for in the vault: a row for each blob that is there because of something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kavalan.casework.access.selectors import compartments_of
from kavalan.casework.jobs.models import ACTIVE
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class What(models.TextChoices):
    """What a blob is to the desk."""

    AUTHORITY_PAPER = "authority_paper", _("paper of an authority")
    PRINTED_PAPER = "printed_paper", _("printed paper")
    EXHIBIT_COPY = "exhibit_copy", _("copy of an exhibit")
    FOLDER_INDEX = "folder_index", _("list of the files in the copy of an exhibit")
    HELD = "held", _("exhibit held in place")
    REPORT = "report", _("report as it came, or a file of one")
    SIGNED_SLIP = "signed_slip", _("signed slip of a hand-over")
    EXPORT = "export", _("file of results")
    CASE_PAPER = "case_paper", _("paper of a case")


GIVEN_OUT = frozenset({What.AUTHORITY_PAPER, What.CASE_PAPER, What.PRINTED_PAPER, What.SIGNED_SLIP})
"""What may leave as a file. Evidence does not: what it shows is seen on the review board alone."""


class Kept(Record):
    """One blob, or one thing held in place, that the desk answers for; the same content may be kept for several things.

    It is seen where it is placed (`access.place`), or by the unit whose it is where it lies in no compartment.
    `name` is the vault's. `doomed_at` is when its destruction was decided, `destroyed_at` when it was done.
    """

    name = models.CharField(max_length=64, db_index=True)
    what = models.CharField(max_length=20, choices=What)
    size = models.PositiveBigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    media_type = models.CharField(max_length=100)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", null=True)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    doomed_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "kept"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(destroyed_at__isnull=True) | models.Q(doomed_at__isnull=False),
                name="kept_doomed_before_destroyed",
            ),
        ]

    if TYPE_CHECKING:
        public_id: UUID
        unit_id: int | None

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.public_id}"

    def compartment_ids(self) -> list[int]:
        """Where it lies."""
        return compartments_of(self)

    @property
    def sha256_hex(self) -> str:
        """As people compare it."""
        return bytes(self.sha256).hex()


class Rehash(Record):
    """One night's reading of the vault: never two for the same night, and so never two at once.

    `budget` and `read` are bytes; `adopted` blobs lay there and were not known to the vault's register, `unnamed` ones
    lie there and no record of the desk names them.
    """

    night = models.DateField(unique=True)
    job = models.OneToOneField("jobs.Job", on_delete=models.PROTECT, related_name="rehash")
    budget = models.PositiveBigIntegerField()
    read = models.PositiveBigIntegerField(default=0)
    adopted = models.PositiveBigIntegerField(default=0)
    unnamed = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name_plural = "rehashes"

    if TYPE_CHECKING:
        public_id: UUID

    def __str__(self) -> str:
        return f"night of {self.night:%Y-%m-%d}"

    @property
    def active(self) -> bool:
        """Whether it waits or runs."""
        return self.job.state in ACTIVE


class VaultFault(Record):
    """Something in the vault is not as it was stored. It stays when it is cured, with the time at which that was seen.

    `name` is the vault's; of a file that does not belong there, the file's.
    """

    name = models.CharField(max_length=255)
    what = models.TextField()
    found_at = models.DateTimeField()
    cured_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"], name="vault_fault_once", condition=models.Q(cured_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.what}"
