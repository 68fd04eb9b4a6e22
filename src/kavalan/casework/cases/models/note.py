"""What was noted in a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.cases.rules import Marking
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class Note(Record):
    """A note, as it was written: it is never changed or deleted. A correction is a note that `corrects` it.

    `marking` says who may be told; what is marked red is read only by who has a grant where the case itself lies.
    `happened_at` is when what it tells of happened, the time of writing where nothing else is said.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    marking = models.CharField(max_length=20, choices=Marking)
    happened_at = models.DateTimeField()
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, related_name="corrected_by", null=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["case", "-id"], name="note_of_case"),
            models.Index(fields=["case", "-happened_at", "-id"], name="note_by_time"),
        ]

    if TYPE_CHECKING:
        public_id: UUID
        case_id: int
        corrects_id: int | None
        corrected_by: Note

    def __str__(self) -> str:
        return f"note {self.pk} in case {self.case_id}"

    def compartment_ids(self) -> list[int]:
        """Where it lies: where its case does."""
        return self.case.compartment_ids()
