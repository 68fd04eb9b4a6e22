"""A seizure as its memo tells it, and the recordings that BNSS s. 105 asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.access.selectors import compartments_of
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager


class Seizure(Record):
    """One search at which things were seized, under the reference of its memo.

    Who seized is an officer of the desk, or `seized_by_words`: badge and station, no name. `witnesses` is null where
    nobody said how many there were; `reasons_at` is when an officer who searched without a warrant recorded the
    reasons for it (BNSS s. 185), null for any other search.
    """

    authority = models.ForeignKey("authority.Authority", on_delete=models.PROTECT, related_name="seizures")
    reference = models.CharField(max_length=60)
    at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    seized_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    seized_by_words = models.CharField(max_length=120, blank=True)
    witnesses = models.PositiveSmallIntegerField(null=True)
    reasons_at = models.DateTimeField(null=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "reference"], name="seizure_once")]

    if TYPE_CHECKING:
        public_id: UUID
        recordings: RelatedManager[Recording]

    def __str__(self) -> str:
        return self.reference

    @property
    def seizer(self) -> str:
        """Who seized, as it is shown."""
        return str(self.seized_by or self.seized_by_words)

    def compartment_ids(self) -> list[int]:
        """Where it lies."""
        return compartments_of(self)


class Recording(Record):
    """A recording of a search, by its SHA-256, and to whom it was forwarded: null until it was."""

    seizure = models.ForeignKey(Seizure, on_delete=models.PROTECT, related_name="recordings")
    sha256 = models.BinaryField(max_length=32)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    forwarded_to = models.CharField(max_length=200, blank=True)
    forwarded_at = models.DateTimeField(null=True)
    forwarded_entered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seizure", "sha256"], name="recording_once")]

    if TYPE_CHECKING:
        public_id: UUID

    def __str__(self) -> str:
        return self.sha256_hex

    @property
    def sha256_hex(self) -> str:
        """As people compare it."""
        return bytes(self.sha256).hex()
