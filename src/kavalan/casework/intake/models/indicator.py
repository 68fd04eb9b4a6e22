"""What identifies: a telephone number, an account, an address, a digest, once, and where it was named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class Indicator(Record):
    """One value of one kind, in the form in which values of it are compared, however often it is named.

    That it stands here says nothing of anybody: what an officer may know of it is told by where it is named.
    """

    kind = models.CharField(max_length=30)
    value = models.CharField(max_length=400)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="indicator_once")]

    if TYPE_CHECKING:
        public_id: UUID

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class Naming(models.Model):
    """A report names an indicator: where in its tip, of which of its persons, and for an address from which port when.

    `strong`: it stands in a field that is meant for it; otherwise it was read out of free text. `proxy`: the sender
    thinks that the address is one; null where it does not say.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="namings")
    report = models.ForeignKey("intake.Report", on_delete=models.PROTECT, related_name="namings")
    person = models.ForeignKey("intake.Person", on_delete=models.PROTECT, related_name="namings", null=True)
    where = models.CharField(max_length=200)
    strong = models.BooleanField()
    port = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField(null=True)
    proxy = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "indicator", "where"], name="naming_once")]

    if TYPE_CHECKING:
        indicator_id: int
        report_id: int
        person_id: int | None

    def __str__(self) -> str:
        return f"{self.indicator} in {self.report}"
