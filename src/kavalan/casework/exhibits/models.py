"""Exhibits, the contents found in them, and where each was found."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.access.selectors import compartments_of
from kavalan.casework.exhibits.rules import PLACE_WORDS, REASON_WORDS, Family, Listing, Novelty, Seal, Standing
from kavalan.casework.records import Record
from kavalan.sandbox import printable
from kavalan.sources import shown

if TYPE_CHECKING:
    from uuid import UUID


WITH_HITS = models.Q(standing__gt=Standing.KNOWN_GOOD)
"""Items on which there are hits, in the very words of the indexes that find them."""
UNREAD = ~models.Q(error="")
DELETED = models.Q(state=Listing.DELETED)
NEW = models.Q(novelty=Novelty.NEW)
"""Items that stay when the exhibit is thinned by earlier ones."""


class Exhibit(Record):
    """A source that was lawfully taken in: a folder or a file that is read where it lies, whatever is inside it."""

    reference = models.CharField(max_length=60)
    description = models.CharField(max_length=400, blank=True)
    source = models.BinaryField()
    authority = models.ForeignKey("authority.Authority", on_delete=models.PROTECT, related_name="+")
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    scan = models.OneToOneField("jobs.Job", on_delete=models.PROTECT, related_name="exhibit", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "reference"], name="exhibit_once")]

    if TYPE_CHECKING:
        public_id: UUID

    def __str__(self) -> str:
        return self.reference

    def scope_reference(self) -> str:
        """As its authority names it."""
        return self.reference

    def compartment_ids(self) -> list[int]:
        """Where it lies."""
        return compartments_of(self)


class FieldScan(models.Model):
    """A scan that was made elsewhere and brought here as a folder; each is imported once.

    What its manifest says, as it was when the import was asked for. `even_unknown`: the officer took it although nobody
    whose key is trusted here signed it. `signer` is the fingerprint that the worker verified, empty until then and
    where nobody signed.
    """

    exhibit = models.OneToOneField(Exhibit, on_delete=models.PROTECT, related_name="field_scan")
    scan = models.CharField(max_length=32, unique=True)
    manifest = models.BinaryField(max_length=32, unique=True)
    examiner = models.CharField(max_length=200)
    authority = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    even_unknown = models.BooleanField()
    signer = models.CharField(max_length=64, blank=True)
    trusted = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"scan {self.scan} by {self.examiner}"


class Content(models.Model):
    """A content, once, however often and wherever it was found; hits and decisions hang on it.

    `rotations` are the PDQ hashes of the picture turned and mirrored, 32 bytes each in the order of `DIHEDRAL` after
    `original`: with them a new list is matched without decoding anything again.
    """

    sha256 = models.BinaryField(max_length=32, unique=True)
    md5 = models.BinaryField(max_length=16)
    sha1 = models.BinaryField(max_length=20)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=100)
    pdq = models.BinaryField(max_length=32, null=True)
    pdq_quality = models.PositiveSmallIntegerField(null=True)
    rotations = models.BinaryField(max_length=224, null=True)

    def __str__(self) -> str:
        return self.sha256_hex

    @property
    def sha256_hex(self) -> str:
        """As people compare it."""
        return bytes(self.sha256).hex()

    @property
    def pdq_hex(self) -> str:
        """As `pdqhash` and hash lists print it; empty without one."""
        return bytes(self.pdq or b"").hex()


class ScanBatch(models.Model):
    """A batch of an exhibit's scan, as far as it is loaded: what makes loading idempotent, and counts cheap."""

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="batches")
    number = models.PositiveIntegerField()
    sha256 = models.BinaryField(max_length=32)
    rows = models.PositiveIntegerField()
    pictures = models.PositiveIntegerField()
    videos = models.PositiveIntegerField()
    unread = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "scan batches"
        constraints = [models.UniqueConstraint(fields=["exhibit", "number"], name="scan_batch_once")]

    def __str__(self) -> str:
        return f"batch {self.number}"


class Item(models.Model):
    """A file of an exhibit, by its number within it; who may see the exhibit may see it.

    `original` is its path on the device where the source keeps it under another name, `place` the class of place in
    which it lay (`kavalan.scan.places`).
    `content` is null where nothing of the file could be read; `error` says what could not be read and why, `reason` of
    which class that is (`rules.REASON_WORDS`). `stack` is the number of the first item of its stack (`Stack`), null
    where it is in none. `novelty` is said by `Thinning`; that what lists know is never left out, the database sees to.
    `standing` repeats what the hits on the content come to for the exhibit's unit, `seal` what authority and privilege
    leave open: lists of a million items are found by them. Who changes what lists are filtered by does it within
    `tallies.brought_forward`.
    """

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="items", db_index=False)
    number = models.PositiveBigIntegerField()
    path = models.BinaryField()
    original = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=Listing, default=Listing.ALLOCATED)
    place = models.CharField(max_length=40, blank=True)
    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="items", null=True)
    family = models.CharField(max_length=10, choices=Family)
    modified = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    reason = models.CharField(max_length=30, blank=True, default="")
    stack = models.PositiveBigIntegerField(null=True)
    novelty = models.PositiveSmallIntegerField(choices=Novelty, default=Novelty.UNASKED)
    standing = models.PositiveSmallIntegerField(choices=Standing, default=Standing.UNKNOWN)
    seal = models.PositiveSmallIntegerField(choices=Seal, default=Seal.OUTSIDE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exhibit", "number"], name="item_once"),
            models.CheckConstraint(
                condition=~models.Q(novelty=Novelty.MET) | models.Q(standing__lte=Standing.KNOWN_GOOD, error=""),
                name="item_known_is_never_thinned",
            ),
        ]
        # Each list of items is a stretch of one of these, in the order of the numbers. What follows the number is
        # there so that rows which another filter passes over are passed over within the index.
        indexes = [
            models.Index(fields=["exhibit", "seal", "number"], name="item_open"),
            models.Index(fields=["exhibit", "seal", "family", "number", "place", "novelty"], name="item_by_family"),
            models.Index(fields=["exhibit", "seal", "place", "number", "family", "novelty"], name="item_by_place"),
            models.Index(fields=["exhibit", "seal", "number", "family"], name="item_unread", condition=UNREAD),
            models.Index(fields=["exhibit", "seal", "number", "family"], name="item_deleted", condition=DELETED),
            models.Index(fields=["exhibit", "seal", "number", "family"], name="item_with_hits", condition=WITH_HITS),
            models.Index(
                fields=["exhibit", "seal", "standing", "number"], name="item_by_standing", condition=WITH_HITS
            ),
            models.Index(fields=["exhibit", "seal", "reason", "number"], name="item_by_reason", condition=UNREAD),
            models.Index(fields=["exhibit", "seal", "number", "family", "place"], name="item_new", condition=NEW),
            models.Index(fields=["exhibit", "seal", "modified", "number"], name="item_by_time"),
            models.Index(
                fields=["exhibit", "stack", "seal", "number"],
                name="item_by_stack",
                condition=models.Q(stack__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"item {self.number}"

    @property
    def known(self) -> Standing:
        """`standing`, with its words."""
        return Standing(self.standing)

    @property
    def place_words(self) -> str:
        """The class of place, as a reader may take it."""
        return str(PLACE_WORDS.get(self.place, self.place))

    @property
    def reason_words(self) -> str:
        """The class of the reason why it was not wholly read, as a reader may take it."""
        return str(REASON_WORDS.get(self.reason, self.reason))

    @property
    def shown_path(self) -> str:
        """The path, safe to show."""
        return shown(bytes(self.path))

    @property
    def shown_original(self) -> str:
        """Its path on the device, safe to show; empty where the source has no other than `path`."""
        return printable(os.fsdecode(bytes(self.original or b"")))


class Tally(models.Model):
    """How many items of an exhibit are alike in all that lists are filtered by: its counts, in few rows.

    There are as many rows as sorts of items, a few hundred at most, however many items there are.
    """

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="tallies", db_index=False)
    seal = models.PositiveSmallIntegerField(choices=Seal)
    family = models.CharField(max_length=10, choices=Family)
    unread = models.BooleanField()
    standing = models.PositiveSmallIntegerField(choices=Standing)
    state = models.CharField(max_length=10, choices=Listing)
    place = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=30, blank=True, default="")
    novelty = models.PositiveSmallIntegerField(choices=Novelty, default=Novelty.UNASKED)
    items = models.PositiveBigIntegerField()

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["exhibit", "seal", "family", "unread", "standing", "state", "place", "reason", "novelty"],
                name="tally_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.items} items of exhibit {self.exhibit_id}"


class HourTally(models.Model):
    """How many items of an exhibit were modified in one hour, by the clock of the unit's zone when they were loaded."""

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="hours", db_index=False)
    seal = models.PositiveSmallIntegerField(choices=Seal)
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    day = models.PositiveSmallIntegerField()
    hour = models.PositiveSmallIntegerField()
    # Changes are added to it by the database itself, which looks at the change before it adds: it may be below nought.
    items = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "hour tallies"
        constraints = [
            models.UniqueConstraint(fields=["exhibit", "seal", "year", "month", "day", "hour"], name="hour_tally_once"),
        ]

    def __str__(self) -> str:
        return f"{self.items} items of {self.year}-{self.month:02}-{self.day:02} {self.hour:02} h"


class Stack(models.Model):
    """Open items of an exhibit that are practically the same picture or video and of which lists make the same.

    Its key is the number of the first item that is like them, and what lists make of them: what is known does not lie
    in one stack with what is not. `same` of the items have the content that is found most often; `alike` others, of
    `others` further contents, are merely like it. The two are never added up: `size`, their sum, is there to order by
    and shown nowhere. `first` is the number of the first item, `bits` how far the furthest picture lies from the one
    that stands for all that are alike (null where there is nothing to measure).
    """

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="stacks", db_index=False)
    number = models.PositiveBigIntegerField()
    standing = models.PositiveSmallIntegerField(choices=Standing)
    family = models.CharField(max_length=10, choices=Family)
    first = models.PositiveBigIntegerField()
    same = models.PositiveBigIntegerField()
    alike = models.PositiveBigIntegerField()
    others = models.PositiveBigIntegerField()
    size = models.PositiveBigIntegerField()
    bits = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exhibit", "number", "standing"], name="stack_once")]
        indexes = [
            models.Index("exhibit", models.F("size").desc(), "id", name="stack_by_size"),
            models.Index("exhibit", "standing", models.F("size").desc(), "id", name="stack_by_standing"),
        ]

    def __str__(self) -> str:
        return f"stack {self.number}"

    @property
    def known(self) -> Standing:
        """`standing`, with its words."""
        return Standing(self.standing)


class Stacking(models.Model):
    """How far an exhibit's items were put into stacks: the first `items` of them.

    `alike` is False where there were too many to hold each against all others: then only what is identical is together.
    """

    exhibit = models.OneToOneField(Exhibit, on_delete=models.PROTECT, related_name="stacking")
    items = models.PositiveBigIntegerField()
    alike = models.BooleanField()
    done_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"stacks of the first {self.items} items"


class Thinning(Record):
    """That an exhibit is thinned by earlier ones (`Earlier`), of which the officer said that they were gone through.

    It is of use to those alone who may see all of them. It holds once its job is done.
    """

    exhibit = models.OneToOneField(Exhibit, on_delete=models.PROTECT, related_name="thinning")
    job = models.OneToOneField("jobs.Job", on_delete=models.PROTECT, related_name="thinning")
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    if TYPE_CHECKING:
        public_id: UUID

    def __str__(self) -> str:
        return f"thinning of {self.exhibit_id}"

    def compartment_ids(self) -> list[int]:
        """Where the exhibit lies."""
        return self.exhibit.compartment_ids()


class Earlier(models.Model):
    """One of the exhibits by which another is thinned."""

    thinning = models.ForeignKey(Thinning, on_delete=models.PROTECT, related_name="earlier")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name_plural = "earlier exhibits"
        constraints = [models.UniqueConstraint(fields=["thinning", "exhibit"], name="earlier_once")]

    def __str__(self) -> str:
        return f"{self.exhibit_id} before {self.thinning_id}"
