"""Papers of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class CasePaper(Record):
    """A file that belongs to a case and is kept in the vault: an FIR, an order, a laboratory's report.

    `title` says what it is; the name that the file had is not kept, since it may be a person's.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="papers")
    kept = models.OneToOneField("vault.Kept", on_delete=models.PROTECT, related_name="case_paper")
    title = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["case", "-id"], name="paper_of_case")]

    if TYPE_CHECKING:
        public_id: UUID
        case_id: int

    def __str__(self) -> str:
        return self.title

    def compartment_ids(self) -> list[int]:
        """Where it lies: where its case does."""
        return self.case.compartment_ids()
