"""A case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.cases.rules import Marking, Stage
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager

    from kavalan.casework.cases.models.part import Part


class Case(Record):
    """What a unit works on as one matter. It lies in a compartment of its own, and so does what is put into it.

    `reference` is its number in the unit's series. `title` says what it is about, in words that name nobody.
    `district` is the code of a revenue district in the routing tables, empty where none is known. `stage`, `lead`
    and `marking` repeat the newest of what was entered of them. `merged_into` is the case that goes on in its place;
    nothing of this one is lost by it.
    """

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="cases")
    reference = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    compartment = models.OneToOneField("access.Compartment", on_delete=models.PROTECT, related_name="case")
    district = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.INQUIRY)
    marking = models.CharField(max_length=20, choices=Marking, default=Marking.AMBER_STRICT)
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, related_name="merged", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "reference"], name="case_once")]
        indexes = [
            models.Index(fields=["unit", "stage", "-id"], name="case_by_stage"),
            models.Index(fields=["lead", "stage", "-id"], name="case_by_lead"),
        ]

    if TYPE_CHECKING:
        public_id: UUID
        unit_id: int
        compartment_id: int
        lead_id: int | None
        opened_by_id: int
        merged_into_id: int | None
        parts: RelatedManager[Part]
        merged: RelatedManager[Case]

    def __str__(self) -> str:
        return self.reference

    def compartment_ids(self) -> list[int]:
        """Where it lies: in its own."""
        return [self.compartment_id]
