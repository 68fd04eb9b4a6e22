"""The kept chain, and what was said beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class LedgerEntry(models.Model):
    """One entry as `kavalan.ledger.Entry` defines it, with its hash. Triggers refuse everything but the next one."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    actor = models.UUIDField(null=True)
    authority = models.UUIDField(null=True)
    subject_kind = models.CharField(max_length=60)
    subject = models.UUIDField()
    payload = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "ledger_entry"
        verbose_name_plural = "ledger entries"
        indexes = [
            models.Index(fields=["subject", "number"], name="ledger_by_subject"),
            models.Index(fields=["authority", "number"], name="ledger_by_authority"),
            models.Index(fields=["at", "number"], name="ledger_by_time"),
            models.Index(fields=["actor", "number"], name="ledger_by_actor"),
            models.Index(fields=["verb", "number"], name="ledger_by_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"


class LedgerPayload(models.Model):
    """What was said with a verb and the salt of its hash, found by the digest that the entry carries.

    It may hold names, so it may be purged: the chain holds without it.
    """

    digest = models.BinaryField(max_length=32, unique=True)
    salt = models.BinaryField(max_length=32)
    text = models.TextField()

    class Meta:
        db_table = "ledger_payload"

    def __str__(self) -> str:
        return bytes(self.digest).hex()


class LedgerCheckpoint(models.Model):
    """How many entries there were and their root, signed; triggers refuse everything but a larger one.

    `note` is the signed text, `peaks` what the next root is computed from (`kavalan.ledger.Frontier`). `made_at` is for
    people, who ask how old it is: it is not signed, and those that were made before it was kept have none.
    """

    size = models.PositiveBigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    peaks = models.BinaryField(max_length=2048)
    note = models.TextField()
    made_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "ledger_checkpoint"

    def __str__(self) -> str:
        return f"checkpoint of {self.size}"


class LedgerExtract(Record):
    """The entries by one officer and about them, of a span, were taken out of the desk; the officer is told.

    `size` is how many entries the ledger held then: the extract is of the first so many.
    """

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="extracts")
    since = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.CharField(max_length=400)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    size = models.PositiveBigIntegerField()
    acknowledged_at = models.DateTimeField(null=True)

    if TYPE_CHECKING:
        public_id: UUID
        officer_id: int

    def __str__(self) -> str:
        return f"extract of {self.size}"
