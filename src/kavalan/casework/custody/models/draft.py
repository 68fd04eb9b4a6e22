"""A seizure while it is typed in: rows are kept as they come, and nothing is registered until it is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.custody.models.seizure import Seizure
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager


class Draft(Record):
    """What an officer is typing in, seen by nobody else; it becomes one seizure, or is thrown away.

    `facts` is what the memo says of the search, as the form had it; `typing` the row that is half typed.
    """

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="custody_drafts")
    authority = models.ForeignKey("authority.Authority", on_delete=models.PROTECT, related_name="+")
    compartment = models.ForeignKey("access.Compartment", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=60)
    facts = models.JSONField()
    typing = models.JSONField(default=dict)
    begun_at = models.DateTimeField()
    discarded_at = models.DateTimeField(null=True)
    seizure = models.OneToOneField(Seizure, on_delete=models.PROTECT, related_name="draft", null=True)

    if TYPE_CHECKING:
        public_id: UUID
        officer_id: int
        authority_id: int
        compartment_id: int
        seizure_id: int | None
        rows: RelatedManager[DraftRow]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether it may still be typed into."""
        return self.seizure_id is None and self.discarded_at is None

    def scope_reference(self) -> str:
        """What its authority must name: the memo, or else the first thing on it; the verb asks for each."""
        if self.reference in self.authority.exhibits:
            return self.reference
        first = self.rows.order_by("number").first()
        return first.said.get("reference", "") if first else self.reference

    def compartment_ids(self) -> list[int]:
        """Where it will lie."""
        return [self.compartment_id]


class DraftRow(models.Model):
    """One thing as it was typed or read from a table, right or not; `load` counts the tables, 0 for what was typed."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    said = models.JSONField()
    load = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="draft_row_once")]

    def __str__(self) -> str:
        return f"row {self.number}"
