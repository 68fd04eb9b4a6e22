"""Papers that were issued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class IssuedPaper(Record):
    """A paper about an exhibit, as it was issued; `kept` is its file, with who issued it and when.

    `number` counts the papers of that form about that exhibit, `digest` is the SHA-256 of the data that it shows, as
    the paper itself says it, `entry` the ledger's last entry that went into it.
    """

    exhibit = models.ForeignKey("exhibits.Exhibit", on_delete=models.PROTECT, related_name="issued_papers")
    form = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    digest = models.BinaryField(max_length=32)
    entry = models.PositiveBigIntegerField()
    kept = models.OneToOneField("vault.Kept", on_delete=models.PROTECT, related_name="issued_paper")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exhibit", "form", "number"], name="issued_paper_number_once")]

    if TYPE_CHECKING:
        public_id: UUID

    def __str__(self) -> str:
        return f"{self.form} {self.number}"

    @property
    def digest_hex(self) -> str:
        """As the paper prints it."""
        return bytes(self.digest).hex()
