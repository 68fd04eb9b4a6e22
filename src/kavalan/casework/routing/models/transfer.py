"""A report that one office hands over to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.records import Record
from kavalan.casework.routing.rules import Outcome

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager

    from kavalan.casework.routing.models.letter import IssuedLetter


class Transfer(Record):
    """A report is offered to another desk here, or to an office outside; until it is accepted it stays the sender's.

    `to_desk` is null for an office outside; `office` is its name either way. `row` says which row of which table it
    rests on, empty where an officer knew it without one. `sender_reference` is the report's number at the sender's
    desk, `reference` the one that the receiver gave it. Of an office outside, `received_by` is the post or badge of who
    signed, `received_at` when, and `slip` the signed slip in the vault.
    """

    report = models.ForeignKey("intake.Report", on_delete=models.PROTECT, related_name="transfers")
    from_desk = models.ForeignKey("intake.Desk", on_delete=models.PROTECT, related_name="sent")
    to_desk = models.ForeignKey("intake.Desk", on_delete=models.PROTECT, related_name="received", null=True)
    office = models.CharField(max_length=400)
    row = models.CharField(max_length=400, blank=True)
    reason = models.CharField(max_length=400)
    sender_reference = models.CharField(max_length=30)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.OPEN)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=400, blank=True)
    reference = models.CharField(max_length=30, blank=True)
    received_by = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField(null=True)
    slip = models.OneToOneField("vault.Kept", on_delete=models.PROTECT, related_name="transfer", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report"], name="transfer_open_once", condition=models.Q(outcome="open")),
            models.CheckConstraint(
                condition=models.Q(outcome="open", ended_at__isnull=True)
                | (~models.Q(outcome="open") & models.Q(ended_at__isnull=False)),
                name="transfer_ends_once",
            ),
        ]

    if TYPE_CHECKING:
        public_id: UUID
        report_id: int
        from_desk_id: int
        to_desk_id: int | None
        letters: RelatedManager[IssuedLetter]

    def __str__(self) -> str:
        return f"{self.sender_reference} to {self.office}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has accepted, refused or taken it back."""
        return self.outcome == Outcome.OPEN
