"""What is joined in a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class Part(Record):
    """Something that is joined in a case, from when and why, and until when: rows end and are never deleted.

    `kind` is Django's label of its model, as `intake.report`, `exhibits.exhibit`, `exhibits.content`,
    `subjects.subject`; `object_id` its number. What lies in compartments (a report, an exhibit, a subject) is placed
    in the case's as well, for as long as it is a part.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    reason = models.CharField(max_length=400, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "object_id"], name="part_once", condition=models.Q(ended_at__isnull=True)
            ),
        ]
        indexes = [models.Index(fields=["kind", "object_id"], name="part_by_object")]

    if TYPE_CHECKING:
        public_id: UUID
        case_id: int

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} in case {self.case_id}"

    def compartment_ids(self) -> list[int]:
        """Where it lies: where its case does."""
        return self.case.compartment_ids()
