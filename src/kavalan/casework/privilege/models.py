"""Identifiers of those whose exchange is privileged, and the items that they seal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class PrivilegedIdentifier(Record):
    """A number, an address or a name under which an advocate is found, supplied for one exhibit. `text` is folded."""

    exhibit = models.ForeignKey("exhibits.Exhibit", on_delete=models.PROTECT, related_name="privileged")
    text = models.CharField(max_length=200)
    supplied_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    supplied_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exhibit", "text"], name="privileged_once")]

    if TYPE_CHECKING:
        public_id: UUID

    def __str__(self) -> str:
        return f"privileged identifier of exhibit {self.exhibit_id}"


class PrivilegeSeal(models.Model):
    """An item that is sealed as privileged, until a filter officer opened it."""

    item = models.OneToOneField("exhibits.Item", on_delete=models.CASCADE, related_name="privilege")
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes = [
            # Few are opened: they are counted without looking at those that are not.
            models.Index(fields=["opened_at"], name="privilege_opened", condition=models.Q(opened_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"seal of item {self.item_id}"
