"""What is recorded for figures alone: children brought to safety, and in which district a report lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class Safeguarded(Record):
    """A child was brought to safety, as a person recorded it in a case; the child stands there by the pseudonym.

    `happened_on` is the day. Rows are withdrawn with a reason and never deleted.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="safeguarded")
    child = models.ForeignKey("identities.Identity", on_delete=models.PROTECT, related_name="+")
    happened_on = models.DateField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name_plural = "safeguarded"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "child"], name="safeguarded_once", condition=models.Q(withdrawn_at__isnull=True)
            ),
        ]
        indexes = [models.Index(fields=["happened_on"], name="safeguarded_by_day")]

    if TYPE_CHECKING:
        public_id: UUID
        case_id: int
        child_id: int

    def __str__(self) -> str:
        return f"child {self.child_id} in case {self.case_id}"

    def compartment_ids(self) -> list[int]:
        """Where it lies: where its case does."""
        return self.case.compartment_ids()


class ReportDistrict(models.Model):
    """The district that a report's text names, an id of the routing tables; empty where it names none, or several.

    It is kept from the moment at which the report was looked at; tables that are taken in later change nothing of it.
    """

    report = models.OneToOneField("intake.Report", on_delete=models.PROTECT, related_name="named_district")
    district = models.CharField(max_length=60, blank=True)
    looked_at = models.DateTimeField()

    if TYPE_CHECKING:
        report_id: int

    def __str__(self) -> str:
        return f"report {self.report_id}: {self.district}"
