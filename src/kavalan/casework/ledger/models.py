"""The kept chain, and what was said beside it."""

from __future__ import annotations

from django.db import models


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

    `note` is the signed text, `peaks` what the next root is computed from (`kavalan.ledger.Frontier`).
    """

    size = models.PositiveBigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    peaks = models.BinaryField(max_length=2048)
    note = models.TextField()

    class Meta:
        db_table = "ledger_checkpoint"

    def __str__(self) -> str:
        return f"checkpoint of {self.size}"
