"""The documents that are searched, and how far they were made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.records import Record
from kavalan.casework.search.rules import Kind

if TYPE_CHECKING:
    from uuid import UUID

UNIT = "accounts.unit"
"""What `placed_kind` says of what is open to the officers of one unit, wherever it lies."""


class SearchDocument(Record):
    """What of one object can be found, and where it lies: who sees that may find it.

    It repeats what stands elsewhere and can be made again from it. `object_id` is the object's number, `address` the
    random id in the address of its page, `anchor` the place on it. `placed_kind` and `placed_id` are that which lies in
    compartments (`access.Placement`): the object itself, or that to which it belongs. `lines` are pairs of what is told
    (`rules.Said`) and a text; `words` are the folded words of them between spaces, with what identifies exactly
    (`words.document_words`). The database's own index of `words` is made by `sqlite` and `postgres`.
    """

    kind = models.CharField(max_length=20, choices=Kind)
    object_id = models.BigIntegerField()
    address = models.UUIDField()
    anchor = models.CharField(max_length=60, blank=True)
    placed_kind = models.CharField(max_length=60)
    placed_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    note = models.CharField(max_length=200, blank=True)
    lines = models.JSONField()
    words = models.TextField()

    if TYPE_CHECKING:
        public_id: UUID

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_document_once")]
        indexes = [
            models.Index(fields=["placed_kind", "placed_id", "kind"], name="search_document_placed"),
            models.Index(fields=["kind", "-id"], name="search_document_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"


class Filling(Record):
    """All documents are made anew, from what the desk holds: after an upgrade, or when somebody asks for it.

    `kind` and `after` say how far it is: every object of that kind with a number up to `after` is done. `job` is null
    until the worker takes it up; a command does it by itself.
    """

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    asked_at = models.DateTimeField()
    job = models.OneToOneField("jobs.Job", on_delete=models.PROTECT, related_name="filling", null=True)
    kind = models.CharField(max_length=20, blank=True)
    after = models.BigIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    if TYPE_CHECKING:
        public_id: UUID

    def __str__(self) -> str:
        return f"filling of {self.asked_at:%Y-%m-%d}"
