"""What is being sent, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kavalan.casework.records import Record
from kavalan.sources import shown

if TYPE_CHECKING:
    from uuid import UUID


class Standing(models.TextChoices):
    """Where an upload is; the last three are ends."""

    COMING = "coming", _("has not come whole")
    TAKEN = "taken", _("became an exhibit")
    ABANDONED = "abandoned", _("given up")
    EXPIRED = "expired", _("nobody went on with it")


class Upload(Record):
    """One file that an officer sends, which becomes an exhibit once all of it has come.

    What has come lies in the vault, in `Vault.parts` under `number`. `received` is what the desk last acknowledged; the
    vault may have more. `mark` is what the page knows the file by: compared before it is gone on with. `name` is the
    file's, whoever named it.
    """

    authority = models.ForeignKey("authority.Authority", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=60)
    compartment = models.ForeignKey("access.Compartment", on_delete=models.PROTECT, related_name="+")
    description = models.CharField(max_length=400, blank=True)
    name = models.BinaryField()
    size = models.PositiveBigIntegerField()
    mark = models.CharField(max_length=64, blank=True)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    received = models.PositiveBigIntegerField(default=0)
    received_at = models.DateTimeField()
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.COMING)
    exhibit = models.OneToOneField("exhibits.Exhibit", on_delete=models.PROTECT, related_name="upload", null=True)

    class Meta:
        indexes = [models.Index(fields=["standing", "received_at"], name="upload_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "reference"],
                name="upload_once",
                condition=models.Q(standing=Standing.COMING),
            ),
        ]

    if TYPE_CHECKING:
        public_id: UUID
        exhibit_id: int | None

    def __str__(self) -> str:
        return f"upload {self.public_id}"

    def scope_reference(self) -> str:
        """As its authority names the exhibit that it becomes."""
        return self.reference

    def compartment_ids(self) -> list[int]:
        """Where the exhibit will lie."""
        return [self.compartment.pk]

    @property
    def number(self) -> str:
        """As the vault knows what has come."""
        return self.public_id.hex

    @property
    def shown_name(self) -> str:
        """The file's name, safe to show."""
        return shown(bytes(self.name))

    @property
    def percent(self) -> int:
        """How much of it was acknowledged."""
        return 100 * self.received // self.size if self.size else 100
