"""Files of results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kavalan.casework.exhibits.forms import ItemsQuery
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID

    from kavalan.casework.exhibits.rules import ItemFilter


class Form(models.TextChoices):
    """As what the results leave."""

    CSV = "csv", _("CSV: every item of the list, in a table")
    VICS = "vics", _("VICS 2.0: what of the list is known material, for other units' tools")


class Export(Record):
    """One file of an exhibit's results, as they were when it was made; it leaves once, if another officer grants it.

    `filters` are those of the list, as its address says them. `kept` is the file in the vault once it is made, `items`
    how many items are in it; `left_out` counts what is not, by the reasons of `rules.LEFT_OUT_WORDS`. `seals` is the
    number of the desk's last privilege seal before the file was made: what is sealed later is told by it.
    """

    exhibit = models.ForeignKey("exhibits.Exhibit", on_delete=models.PROTECT, related_name="exports")
    form = models.CharField(max_length=10, choices=Form)
    filters = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    job = models.OneToOneField("jobs.Job", on_delete=models.PROTECT, related_name="export")
    kept = models.ForeignKey("vault.Kept", on_delete=models.PROTECT, related_name="+", null=True)
    items = models.PositiveBigIntegerField(default=0)
    left_out = models.JSONField(default=dict)
    seals = models.PositiveBigIntegerField(default=0)
    given_at = models.DateTimeField(null=True)

    if TYPE_CHECKING:
        public_id: UUID

    def __str__(self) -> str:
        return f"{self.form} of exhibit {self.exhibit_id}"

    def scope_reference(self) -> str:
        """The exhibit's, as its authority names it."""
        return self.exhibit.scope_reference()

    def compartment_ids(self) -> list[int]:
        """Where the exhibit lies."""
        return self.exhibit.compartment_ids()

    @property
    def filter(self) -> ItemFilter:
        """Which items."""
        return ItemsQuery(QueryDict(self.filters)).asked
