"""A warrant of an operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class Warrant(Record):
    """A warrant as the table of sites names it.

    It permits nothing at this desk by itself: `authority` is the recorded authority that does, null until there is one.
    """

    operation = models.ForeignKey("operations.Operation", on_delete=models.PROTECT, related_name="warrants")
    reference = models.CharField(max_length=200)
    court = models.CharField(max_length=200, blank=True)
    authority = models.ForeignKey("authority.Authority", on_delete=models.PROTECT, related_name="+", null=True)
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    linked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["operation", "reference"], name="operation_warrant_once")]

    if TYPE_CHECKING:
        public_id: UUID
        operation_id: int
        authority_id: int | None

    def __str__(self) -> str:
        return self.reference
