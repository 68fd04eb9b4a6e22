"""What happened to things: rows are added and never changed; a wrong one is corrected by another that names it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.custody.limits import limits
from kavalan.casework.custody.models.device import Device
from kavalan.casework.custody.skew import Skew, skew_of
from kavalan.casework.custody.words import Isolation, SealState, What
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager

MINUTE, SECOND = 60, 1


class CustodyEvent(Record):
    """Something that happened at one time to one thing or to many: `at` when, `entered_at` when the desk was told.

    `giver` had the things before, `taker` from then on: officers of the desk, or words for a badge, an office, a
    laboratory, a court; never a private person's name. `reference` is the laboratory's or the court's, `due_at` when
    they should be done, `report` the SHA-256 of what they wrote, `slip` the scan of a slip that the receiver signed.
    `answers` is the hand-over that it closes, `corrects` the event that was wrong and `why` it was.
    """

    what = models.CharField(max_length=12, choices=What)
    at = models.DateTimeField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    giver_words = models.CharField(max_length=120, blank=True)
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    taker_words = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    due_at = models.DateTimeField(null=True)
    report = models.BinaryField(max_length=32, null=True)
    slip = models.OneToOneField("vault.Kept", on_delete=models.PROTECT, related_name="custody_slip", null=True)
    answers = models.ForeignKey("self", on_delete=models.PROTECT, related_name="answered_by", null=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, related_name="corrected_by", null=True)
    why = models.CharField(max_length=400, blank=True)

    if TYPE_CHECKING:
        public_id: UUID
        giver_id: int | None
        taker_id: int | None
        answers_id: int | None
        corrects_id: int | None
        handled: RelatedManager[Handled]

    def __str__(self) -> str:
        return str(self.get_what_display())

    @property
    def from_whom(self) -> str:
        """Who gave, as it is shown."""
        return str(self.giver or self.giver_words)

    @property
    def to_whom(self) -> str:
        """Who took, as it is shown."""
        return str(self.taker or self.taker_words)

    @property
    def late_by(self) -> timedelta | None:
        """How long after it happened it was entered, where that is later than the limit; None else."""
        after = self.entered_at - self.at
        return after if after > limits().late_entry.span else None

    @property
    def report_hex(self) -> str:
        """The report's SHA-256, as people compare it; empty without one."""
        return bytes(self.report or b"").hex()


class Handled(models.Model):
    """What an event was for one of its things: the seal that was found or put on, how the thing was.

    `opened`: it was opened there, as a laboratory does. `shown_at` is what the device's clock showed at the event's
    time, `step` the seconds of the smallest that it shows, `within` by how many seconds the true time may have been
    off. `note` says how the thing was, and of no person.
    """

    event = models.ForeignKey(CustodyEvent, on_delete=models.PROTECT, related_name="handled")
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="handled")
    seal = models.CharField(max_length=60, blank=True)
    seal_state = models.CharField(max_length=10, choices=SealState, blank=True)
    isolation = models.CharField(max_length=10, choices=Isolation, blank=True)
    opened = models.BooleanField(default=False)
    shown_at = models.DateTimeField(null=True)
    step = models.PositiveSmallIntegerField(null=True)
    within = models.PositiveIntegerField(null=True)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name_plural = "handled"
        constraints = [models.UniqueConstraint(fields=["event", "device"], name="handled_once")]

    if TYPE_CHECKING:
        event_id: int
        device_id: int

    def __str__(self) -> str:
        return f"{self.event} {self.device_id}"

    @property
    def skew(self) -> Skew | None:
        """How far the device's clock was ahead; None where nobody compared it."""
        if self.shown_at is None or self.step is None or self.within is None:
            return None
        step, within = timedelta(seconds=self.step), timedelta(seconds=self.within)
        return skew_of(self.shown_at, self.event.at, step=step, within=within)
