"""Authorities and what they permit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.authority.rules import Activity, Kind
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class Authority(Record):
    """A paper that grants a unit named activities on named exhibits.

    `exhibits` lists the references as the paper spells them; it is never empty and never means "everything".
    """

    kind = models.CharField(max_length=20, choices=Kind)
    reference = models.CharField(max_length=200)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="authorities")
    exhibits = models.JSONField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "authorities"
        constraints = [models.UniqueConstraint(fields=["unit", "reference"], name="authority_once")]

    if TYPE_CHECKING:
        public_id: UUID

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"


class Permit(models.Model):
    """One activity that an authority grants, from and until when; its end ends that activity only."""

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="permits")
    activity = models.CharField(max_length=20, choices=Activity)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "activity"], name="permit_once"),
            models.CheckConstraint(condition=models.Q(valid_until__gt=models.F("valid_from")), name="permit_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.activity} until {self.valid_until:%Y-%m-%d}"
