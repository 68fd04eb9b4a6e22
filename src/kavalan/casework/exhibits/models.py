"""Exhibits, the contents found in them, and where each was found."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.access.selectors import compartments_of
from kavalan.casework.exhibits.rules import PLACE_WORDS, Family, Listing, Seal, Standing
from kavalan.casework.records import Record
from kavalan.sandbox import printable
from kavalan.sources import shown

if TYPE_CHECKING:
    from uuid import UUID


WITH_HITS = models.Q(standing__gt=Standing.KNOWN_GOOD)
"""Items on which there are hits, in the very words of the indexes that find them."""
UNREAD = ~models.Q(error="")
DELETED = models.Q(state=Listing.DELETED)


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
    `content` is null where nothing of the file could be read; `error` says what could not be read and why. `standing`
    repeats what the hits on the content come to for the exhibit's unit, `seal` what authority and privilege leave open:
    lists of a million items are found by them. Who changes what lists are filtered by does it within
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
    standing = models.PositiveSmallIntegerField(choices=Standing, default=Standing.UNKNOWN)
    seal = models.PositiveSmallIntegerField(choices=Seal, default=Seal.OUTSIDE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exhibit", "number"], name="item_once")]
        # Each list of items is a stretch of one of these, in the order of the numbers. What follows the number is
        # there so that rows which another filter passes over are passed over within the index.
        indexes = [
            models.Index(fields=["exhibit", "seal", "number"], name="item_open"),
            models.Index(fields=["exhibit", "seal", "family", "number", "place"], name="item_by_family"),
            models.Index(fields=["exhibit", "seal", "place", "number", "family"], name="item_by_place"),
            models.Index(fields=["exhibit", "seal", "number", "family"], name="item_unread", condition=UNREAD),
            models.Index(fields=["exhibit", "seal", "number", "family"], name="item_deleted", condition=DELETED),
            models.Index(fields=["exhibit", "seal", "number", "family"], name="item_with_hits", condition=WITH_HITS),
            models.Index(
                fields=["exhibit", "seal", "standing", "number"], name="item_by_standing", condition=WITH_HITS
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
    items = models.PositiveBigIntegerField()

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["exhibit", "seal", "family", "unread", "standing", "state", "place"], name="tally_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.items} items of exhibit {self.exhibit_id}"
