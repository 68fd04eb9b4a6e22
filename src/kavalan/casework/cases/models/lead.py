"""Who leads a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.accounts.ranks import ranks, title_of
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class LeadHeld(Record):
    """An officer leads a case from a time on, until the next row's; `Case.lead` repeats the newest.

    `rank` is the officer's on that day, as the law's ladder names it; empty where none was recorded.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="leads")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    rank = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    since = models.DateTimeField()
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "leads held"
        indexes = [models.Index(fields=["case", "-id"], name="lead_of_case")]

    if TYPE_CHECKING:
        public_id: UUID
        case_id: int
        officer_id: int

    def __str__(self) -> str:
        return f"{self.officer} leads case {self.case_id}"

    @property
    def rank_title(self) -> str:
        """The rank in full; empty where none was recorded."""
        return title_of(ranks()[self.rank]) if self.rank else ""

    def compartment_ids(self) -> list[int]:
        """Where it lies: where its case does."""
        return self.case.compartment_ids()
