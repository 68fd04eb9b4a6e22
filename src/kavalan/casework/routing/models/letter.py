"""A letter that went with a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class IssuedLetter(Record):
    """A letter about a transfer, as it was issued; `kept` is its file, with who issued it and when.

    `number` counts the letters of that form about that transfer, `digest` is the SHA-256 of the data that it shows.
    """

    transfer = models.ForeignKey("routing.Transfer", on_delete=models.PROTECT, related_name="letters")
    form = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    digest = models.BinaryField(max_length=32)
    kept = models.OneToOneField("vault.Kept", on_delete=models.PROTECT, related_name="issued_letter")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["transfer", "form", "number"], name="letter_number_once")]

    if TYPE_CHECKING:
        public_id: UUID

    def __str__(self) -> str:
        return f"{self.form} {self.number}"

    @property
    def digest_hex(self) -> str:
        """As the letter prints it."""
        return bytes(self.digest).hex()
