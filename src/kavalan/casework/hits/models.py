"""Hits on contents, and which lists were asked about what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from kavalan.casework.hits.rules import Kind, Method, flag_words, turn_words
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID


class ErrorRate(models.Model):
    """What was measured about near hits of one distance and quality, in the sentence that stands beside each of them.

    It is kept as it was when the hit was found: a later measurement is another sentence.
    """

    text = models.TextField(unique=True)

    def __str__(self) -> str:
        return self.text


class Hit(models.Model):
    """One content, one entry of one list, for the unit whose agreement with the list's owner allowed the question.

    It is never changed into another: `version`, `state` and the entry's place are those of the delivery in which it was
    found, `confirmed` the newest version that still says it, and from `withdrawn_at` on the list no longer says it.
    What a list says anew afterwards is a new row, so that the history of a content can be read here.

    `rotation` is empty where the picture is as the list has it. `suppressed_by` names the negative lists that hold the
    content, `held` says that the entry meets more contents than likely, `contradicted` that another digest or the size
    says otherwise.
    """

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    content = models.ForeignKey("exhibits.Content", on_delete=models.PROTECT, related_name="hits", db_index=False)
    list_name = models.CharField(max_length=64)
    owner = models.TextField()
    version = models.TextField()
    confirmed = models.TextField()
    state = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind)
    agreement = models.TextField(blank=True)
    entry_row = models.PositiveBigIntegerField(null=True)
    entry_position = models.PositiveBigIntegerField(null=True)
    entry_key = models.TextField(blank=True)
    categories = models.JSONField(default=list)
    flags = models.PositiveIntegerField(default=0)
    method = models.PositiveSmallIntegerField(choices=Method)
    distance = models.PositiveSmallIntegerField(null=True)
    recomputed = models.PositiveSmallIntegerField(null=True)
    rotation = models.CharField(max_length=20, blank=True)
    content_quality = models.PositiveSmallIntegerField(null=True)
    entry_quality = models.PositiveSmallIntegerField(null=True)
    error_rate = models.ForeignKey(ErrorRate, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    contradicted = models.BooleanField(default=False)
    held = models.BooleanField(default=False)
    suppressed_by = models.JSONField(default=list)
    said = models.BinaryField(max_length=32)
    found_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "content", "said"], name="hit_once", condition=models.Q(withdrawn_at__isnull=True)
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "content"], name="hit_by_content"),
            models.Index(fields=["unit", "list_name", "entry_row"], name="hit_by_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()} on {self.list_name}"

    @property
    def turn(self) -> str:
        """What must be done to the picture until it is like the list's, in words; empty for nothing."""
        return turn_words(self.rotation)

    @property
    def doubtful(self) -> bool:
        """Whether anything is said against it."""
        return bool(self.withdrawn_at or self.contradicted or self.held or self.suppressed_by)

    @property
    def remarks(self) -> list[str]:
        """What the owner says besides the category."""
        return flag_words(self.flags)


class Asked(models.Model):
    """Contents that were asked about, the lists that were asked, and those that could not be.

    `lists` holds one mapping for each list: `name`, `owner`, `version`, `kind`, `agreement`, `refusal` (why it was not
    asked, else empty), `first` and `last` (its state at the first and last question), `asked` (contents), `left_out`
    (hits beyond the most that are kept of one content).
    """

    lists = models.JSONField(default=list)
    contents = models.PositiveBigIntegerField(default=0)
    found = models.PositiveBigIntegerField(default=0)
    withdrawn = models.PositiveBigIntegerField(default=0)
    asked_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class ScanMatching(Asked):
    """The matching of an exhibit's contents as its scan goes on; `batch` is the last one that was matched."""

    exhibit = models.OneToOneField("exhibits.Exhibit", on_delete=models.PROTECT, related_name="matching")
    batch = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"matching of {self.exhibit_id} up to batch {self.batch}"


class Rematch(Record, Asked):
    """All contents of a unit's exhibits asked about again; `after` is the number of the last content done."""

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    job = models.OneToOneField("jobs.Job", on_delete=models.PROTECT, related_name="rematch")
    after = models.PositiveBigIntegerField(default=0)

    if TYPE_CHECKING:
        public_id: UUID

    def __str__(self) -> str:
        return f"rematch for {self.unit_id} up to content {self.after}"
