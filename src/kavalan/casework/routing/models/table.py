"""A unit's own table of offices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class OwnTable(Record):
    """A table that a unit took in beside the packaged one; the newest version is asked, earlier ones stay readable.

    `text` is TOML, as it was taken in (`routing.tables`).
    """

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="own_tables")
    version = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.BinaryField(max_length=32)
    reason = models.CharField(max_length=400)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "version"], name="own_table_once")]

    if TYPE_CHECKING:
        public_id: UUID
        unit_id: int

    def __str__(self) -> str:
        return f"{self.unit}, version {self.version}"

    @property
    def label(self) -> str:
        """What it is called where one of its rows is named."""
        return f"own table, version {self.version}"

    @property
    def sha256_hex(self) -> str:
        """As people compare it."""
        return bytes(self.sha256).hex()
