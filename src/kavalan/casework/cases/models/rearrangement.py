"""How cases were put together, taken apart and related, and what that did: what undoing needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager


class Sort(models.TextChoices):
    """What was done."""

    MERGE = "merge", _("merged into")
    SPLIT = "split", _("split off")
    LINK = "link", _("related to")


class Rearrangement(Record):
    """One case merged into another, one split off from another, or two related; undone, the row stays.

    `case` is the one that was merged, from which was split off, or to which another was related; `other` the one that
    goes on, the new one, the related one.
    """

    sort = models.CharField(max_length=10, choices=Sort)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="rearranged")
    other = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="rearranged_to")
    reason = models.CharField(max_length=400)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    undone_at = models.DateTimeField(null=True)
    undone_why = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sort", "case", "other"],
                name="rearranged_once",
                condition=models.Q(undone_at__isnull=True),
            ),
        ]

    if TYPE_CHECKING:
        public_id: UUID
        case_id: int
        other_id: int
        shifts: RelatedManager[Shift]
        let_in: RelatedManager[LetIn]

    def __str__(self) -> str:
        return f"{self.case} {self.get_sort_display()} {self.other}"

    def compartment_ids(self) -> list[int]:
        """Where it lies: where both cases do."""
        return [self.case.compartment_id, self.other.compartment_id]


class Effect(models.TextChoices):
    """What a rearrangement did to a part."""

    BROUGHT = "brought", _("brought it")
    TOOK = "took", _("took it away")


class Shift(models.Model):
    """A part that a rearrangement brought into a case or took out of one.

    A part that was brought by several merges has a row of each, and goes when the last of them is undone; one that a
    person joined has none. `placed`: what it is was put into the case's compartment by this, or taken out of it.
    """

    rearrangement = models.ForeignKey(Rearrangement, on_delete=models.PROTECT, related_name="shifts")
    part = models.ForeignKey("cases.Part", on_delete=models.PROTECT, related_name="shifts")
    effect = models.CharField(max_length=10, choices=Effect)
    placed = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rearrangement", "part"], name="shifted_once")]

    if TYPE_CHECKING:
        rearrangement_id: int
        part_id: int

    def __str__(self) -> str:
        return f"{self.get_effect_display()} {self.part_id}"


class LetIn(models.Model):
    """A grant that came about by a merge, and ends when that is undone."""

    rearrangement = models.ForeignKey(Rearrangement, on_delete=models.PROTECT, related_name="let_in")
    grant = models.OneToOneField("access.Grant", on_delete=models.PROTECT, related_name="+")

    if TYPE_CHECKING:
        rearrangement_id: int
        grant_id: int

    class Meta:
        verbose_name_plural = "let in"

    def __str__(self) -> str:
        return f"{self.grant} by {self.rearrangement_id}"
