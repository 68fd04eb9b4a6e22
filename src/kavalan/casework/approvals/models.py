"""Questions to a second person, and their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse

from kavalan.casework.approvals.kinds import kinds
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID

    from django.utils.functional import Promise

    from kavalan.casework.approvals.rules import Kind


class Approval(Record):
    """One officer asks to do one thing to one object; another grants or refuses; a grant is used once.

    `kind` is the name of a `rules.Kind`, `subject` the public id of the matter. It lies in the matter's compartments,
    or with `unit` where the matter lies in none. `payload` is what would be done and `digest` the digest of it
    (`rules.payload_digest`). `expires_at` is when the question lapses, and once it is granted, when the grant does.
    """

    kind = models.CharField(max_length=40)
    subject = models.UUIDField()
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", null=True)
    payload = models.JSONField(default=dict)
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
        unit_id: int | None

    def __str__(self) -> str:
        return str(self.label)

    @property
    def described(self) -> Kind:
        """The kind, as its app says it."""
        return kinds()[self.kind]

    @property
    def label(self) -> str | Promise:
        """What is asked for."""
        return self.described.label

    @property
    def digest_hex(self) -> str:
        """As people compare it."""
        return bytes(self.digest).hex()

    @property
    def words(self) -> str:
        """What exactly would be done, in words."""
        return self.described.words(self.subject, self.payload)

    @property
    def page(self) -> str:
        """The address at which a grant is used."""
        return reverse(self.described.page, args=[self.subject])

    @property
    def looked_through(self) -> str:
        """The address at which who answers reads exactly what is asked; empty where the words say all of it."""
        route = self.described.looked_through
        return reverse(route, args=[self.public_id]) if route else ""
