"""Identities, by their pseudonyms, and what is sealed of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.access.selectors import compartments_of
from kavalan.casework.identities.rules import Kind
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager


class Identity(Record):
    """A person whose name is sealed. The pseudonym is drawn by chance, unique at the desk, and stays for ever."""

    kind = models.CharField(max_length=20, choices=Kind)
    pseudonym = models.CharField(max_length=20, unique=True)
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "identities"

    if TYPE_CHECKING:
        public_id: UUID
        versions: RelatedManager[SealedVersion]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pseudonym}"

    def compartment_ids(self) -> list[int]:
        """Where it lies."""
        return compartments_of(self)


class SealedVersion(models.Model):
    """What was entered of an identity at one time, encrypted; rows are added and never changed.

    `sealed` is an age file for the vault's recipients, `seal` binds it to its identity and number, `same` is a keyed
    digest of the name and the year of birth within the compartment (`sealing`).
    """

    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()
    seal = models.BinaryField(max_length=32)
    same = models.BinaryField(max_length=32)
    reason = models.CharField(max_length=400, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["identity", "number"], name="sealed_version_once")]
        indexes = [models.Index(fields=["same"], name="sealed_version_same")]

    def __str__(self) -> str:
        return f"version {self.number} of identity {self.identity_id}"

    if TYPE_CHECKING:
        identity_id: int
