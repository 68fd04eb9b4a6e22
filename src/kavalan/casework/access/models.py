"""Compartments, placements, grants.

Placements are of whole exhibits, cases, conversations; what belongs to one inherits from it, so that a list of a
million items needs one placement. Deny by default: without a row here nobody sees anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class Role(models.TextChoices):
    """What a person may do in a compartment; each of them may see what lies in it."""

    INVESTIGATOR = "investigator", _("investigator")
    EXAMINER = "examiner", _("examiner")
    SUPERVISOR = "supervisor", _("supervisor")
    FILTER_OFFICER = "filter_officer", _("filter officer")
    CUSTODIAN = "custodian", _("exhibit custodian")
    INTAKE = "intake", _("intake officer")


class Via(models.TextChoices):
    """How a grant came about."""

    OPENED = "opened", _("opened the compartment")
    GIVEN = "given", _("given by a supervisor")


class Compartment(Record):
    """A closed room: what is placed in it is there only for those with a grant."""

    name = models.CharField(max_length=200)

    if TYPE_CHECKING:
        public_id: UUID

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """One object lies in one compartment. `kind` is Django's label of its model, as `exhibits.exhibit`."""

    kind = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="placements")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "compartment"], name="placement_once"),
        ]
        # What lies in an officer's compartments, of one kind, is read from the index alone.
        indexes = [models.Index(fields=["compartment", "kind", "object_id"], name="placement_by_room")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} in {self.compartment_id}"


class Grant(Record):
    """One officer, or everybody of a unit, has a role in a compartment: the reason why they see what lies there.

    `given_at` is null of one that was given before the desk kept it. Taking one back sets `until`; the row stays.
    """

    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="grants")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants", null=True, blank=True
    )
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="grants", null=True, blank=True)
    role = models.CharField(max_length=20, choices=Role)
    via = models.CharField(max_length=20, choices=Via)
    given_at = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(officer__isnull=True) ^ models.Q(unit__isnull=True), name="grant_officer_or_unit"
            ),
        ]

    if TYPE_CHECKING:
        public_id: UUID
        compartment_id: int
        officer_id: int | None

    def __str__(self) -> str:
        return f"{self.role} in {self.compartment_id}"
