"""A thing that was seized, and the digital exhibits that were made from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.access.selectors import compartments_of
from kavalan.casework.custody.models.seizure import Seizure
from kavalan.casework.custody.numbers import label_text
from kavalan.casework.custody.words import Part, Sort, Where
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager


class Device(Record):
    """A physical exhibit; it is there before any image of it is, and nothing of it is read here.

    What is unknown is empty. `covered_by` is what its authority names: the thing's own reference, or that of the memo
    on which it stands. `as_shown`: its numbers are copied as they stand on it although a check digit is wrong. `label`
    is the desk's own number, which its label's code holds.

    From `where` on the columns repeat what the events come to (`chain.chain_of`), so that lists are found by them:
    `offer` is the hand-over that waits for an answer, `due_at` when a laboratory should be done, `gaps` how many
    things in its custody do not fit.
    """

    authority = models.ForeignKey("authority.Authority", on_delete=models.PROTECT, related_name="devices")
    seizure = models.ForeignKey(Seizure, on_delete=models.PROTECT, related_name="devices")
    reference = models.CharField(max_length=60)
    covered_by = models.CharField(max_length=60)
    label = models.CharField(max_length=12, unique=True)
    sort = models.CharField(max_length=10, choices=Sort)
    make = models.CharField(max_length=60, blank=True)
    model = models.CharField(max_length=60, blank=True)
    serial = models.CharField(max_length=60, blank=True)
    imei = models.CharField(max_length=20, blank=True)
    imei_2 = models.CharField(max_length=20, blank=True)
    iccid = models.CharField(max_length=24, blank=True)
    as_shown = models.BooleanField(default=False)
    where = models.CharField(max_length=10, choices=Where, default=Where.HELD)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    holder_words = models.CharField(max_length=120, blank=True)
    seal = models.CharField(max_length=60, blank=True)
    offer = models.ForeignKey("custody.CustodyEvent", on_delete=models.PROTECT, related_name="waiting", null=True)
    due_at = models.DateTimeField(null=True)
    gaps = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "reference"], name="device_once")]

    if TYPE_CHECKING:
        public_id: UUID
        authority_id: int
        holder_id: int | None
        offer_id: int | None
        drawn: RelatedManager[Origin]

    def __str__(self) -> str:
        return self.reference

    @property
    def label_text(self) -> str:
        """The label's number as its code holds it."""
        return label_text(self.label)

    @property
    def named(self) -> str:
        """Make and model, as far as known."""
        return " ".join(filter(None, (self.make, self.model)))

    @property
    def held_by(self) -> str:
        """Who has it, as it is shown; empty where nobody is recorded."""
        return str(self.holder or self.holder_words)

    def scope_reference(self) -> str:
        """As its authority names it, or the memo on which it stands."""
        return self.covered_by

    def compartment_ids(self) -> list[int]:
        """Where it lies."""
        return compartments_of(self)


class Origin(Record):
    """A digital exhibit was made from a thing, or from a part of it; one thing may give several."""

    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="drawn")
    exhibit = models.OneToOneField(Exhibit, on_delete=models.PROTECT, related_name="drawn_from")
    part = models.CharField(max_length=10, choices=Part)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    if TYPE_CHECKING:
        public_id: UUID

    def __str__(self) -> str:
        return f"{self.exhibit} from {self.device}"
