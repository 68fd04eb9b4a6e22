"""A file that came with a report, or is only spoken of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class ReportFile(Record):
    """A file of a report, by its number in it. Nobody has seen it until a person opens it.

    `told` is `kavalan.tips.File` as plain values. `md5` is the sender's, by which its bytes are found and never by its
    name; `kept` are the bytes in the vault once they came, `sha256` is measured here. `known` says whether a hash list
    of the unit knows it; null where no list was asked.
    """

    report = models.ForeignKey("intake.Report", on_delete=models.PROTECT, related_name="files")
    number = models.PositiveIntegerField()
    told = models.JSONField()
    md5 = models.BinaryField(max_length=16, null=True)
    sha256 = models.BinaryField(max_length=32, null=True)
    kept = models.ForeignKey("vault.Kept", on_delete=models.PROTECT, related_name="report_files", null=True)
    seen_by_sender = models.BooleanField(null=True)
    known = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_file_once")]
        indexes = [
            models.Index(fields=["md5"], name="report_file_md5"),
            models.Index(fields=["sha256"], name="report_file_sha256"),
        ]

    if TYPE_CHECKING:
        public_id: UUID
        report_id: int

    def __str__(self) -> str:
        return f"file {self.number + 1} of {self.report}"
