"""Authorities and what they permit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.authority.limits import limits
from kavalan.casework.authority.rules import Activity, DataKind, Kind
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager


def every_kind() -> list[str]:
    """The kinds of data of an authority whose paper limits none."""
    return [kind.value for kind in DataKind]


class Authority(Record):
    """A paper that grants a unit named activities on named exhibits.

    `exhibits` lists the references as the paper spells them; it never means "everything". `accounts` are pairs of
    platform and native id, `kinds` the kinds of data; `dates_from` and `dates_until` stand both or neither (`Scope`).
    `giver` is who gave it, for a consent a pseudonym. `paper` is the SHA-256 of the paper's file, which is among
    `papers` if it was brought to the desk; `kept_at` is where the paper itself lies.
    """

    kind = models.CharField(max_length=20, choices=Kind)
    reference = models.CharField(max_length=200)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="authorities")
    exhibits = models.JSONField()
    accounts = models.JSONField(default=list)
    kinds = models.JSONField(default=every_kind)
    dates_from = models.DateTimeField(null=True)
    dates_until = models.DateTimeField(null=True)
    giver = models.CharField(max_length=200, blank=True)
    paper = models.BinaryField(max_length=32, null=True)
    kept_at = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=400, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "authorities"
        constraints = [
            models.UniqueConstraint(fields=["unit", "reference"], name="authority_once"),
            models.CheckConstraint(
                condition=models.Q(dates_from__isnull=True, dates_until__isnull=True)
                | models.Q(dates_from__isnull=False, dates_until__isnull=False, dates_until__gt=models.F("dates_from")),
                name="authority_dates_end",
            ),
        ]

    if TYPE_CHECKING:
        public_id: UUID
        unit_id: int
        permits: RelatedManager[Permit]
        papers: RelatedManager[AuthorityPaper]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"

    @property
    def paper_hex(self) -> str:
        """The paper's SHA-256, as people compare it; empty without one."""
        return bytes(self.paper or b"").hex()


class AuthorityPaper(Record):
    """A file of an authority's paper that is kept in the vault: the paper itself, later an order that extends it.

    `title` says what it is; the name that the file had is not kept, since it may be a person's.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="papers")
    kept = models.OneToOneField("vault.Kept", on_delete=models.PROTECT, related_name="authority_paper")
    title = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"paper of {self.authority_id}"

    if TYPE_CHECKING:
        authority_id: int


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


class Override(Record):
    """An emergency: a supervisor lets an activity be done on an exhibit beyond what its authority permits.

    Another supervisor reviews it; until then `approved` is null.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="overrides")
    exhibit = models.ForeignKey("exhibits.Exhibit", on_delete=models.PROTECT, related_name="overrides")
    activity = models.CharField(max_length=20, choices=Activity)
    reason = models.CharField(max_length=400)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    until = models.DateTimeField()
    approved = models.BooleanField(null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    reviewed_at = models.DateTimeField(null=True)
    review_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reviewed_by__isnull=True) | ~models.Q(reviewed_by=models.F("declared_by")),
                name="override_reviewed_by_another",
            ),
        ]

    if TYPE_CHECKING:
        public_id: UUID
        declared_by_id: int

    def __str__(self) -> str:
        return f"override to {self.get_activity_display()}"

    @property
    def review_due(self) -> datetime:
        """Until when another supervisor reviews it."""
        return self.declared_at + limits().review_due.span
