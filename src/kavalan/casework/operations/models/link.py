"""What an operation has to do with: cases, and what was seized at its sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class OperationCase(Record):
    """A case of an operation, from when and until when: rows end and are never deleted.

    It opens the case to nobody: who sees the operation sees of its cases those that are open to them, and how many
    there are.
    """

    operation = models.ForeignKey("operations.Operation", on_delete=models.PROTECT, related_name="joined")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="operations")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "case"], name="operation_case_once", condition=models.Q(ended_at__isnull=True)
            ),
        ]

    if TYPE_CHECKING:
        public_id: UUID
        operation_id: int
        case_id: int

    def __str__(self) -> str:
        return f"case {self.case_id} in operation {self.operation_id}"


class SiteSeizure(Record):
    """A seizure of custody that was made at a site; it opens what was seized to nobody. Rows end likewise."""

    site = models.ForeignKey("operations.Site", on_delete=models.PROTECT, related_name="seizures")
    seizure = models.ForeignKey("custody.Seizure", on_delete=models.PROTECT, related_name="sites")
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seizure"], name="site_seizure_once", condition=models.Q(ended_at__isnull=True)
            ),
        ]

    if TYPE_CHECKING:
        public_id: UUID
        site_id: int
        seizure_id: int

    def __str__(self) -> str:
        return f"seizure {self.seizure_id} at site {self.site_id}"
