"""Questions to a second person, and their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.approvals.rules import Kind
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class Approval(Record):
    """One officer asks to do one thing to one object; another grants or refuses; a grant is used once.

    `digest` is that of the payload (`rules.payload_digest`). `expires_at` is when the question lapses, and once it is
    granted, when the grant does.
    """

    kind = models.CharField(max_length=40, choices=Kind)
    subject = models.UUIDField()
    digest = models.BinaryField(max_length=32)
    reason = models.CharField(max_length=400)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    granted = models.BooleanField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    answered_at = models.DateTimeField(null=True)
    answer_reason = models.CharField(max_length=400, blank=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="approval_open", condition=models.Q(granted__isnull=True))]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_by__isnull=True) | ~models.Q(answered_by=models.F("asked_by")),
                name="approval_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True) | models.Q(granted__isnull=False, granted=True),
                name="approval_used_is_granted",
            ),
        ]

    if TYPE_CHECKING:
        public_id: UUID
        asked_by_id: int

    def __str__(self) -> str:
        return self.get_kind_display()
