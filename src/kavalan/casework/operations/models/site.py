"""A site of an operation, and what is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kavalan.casework.custody.limits import limits
from kavalan.casework.operations.rules import State, Told
from kavalan.casework.records import Record

if TYPE_CHECKING:
    from datetime import timedelta
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager

    from kavalan.casework.operations.models.link import SiteSeizure


class Site(Record):
    """Somewhere that is searched: a place, an address, or both, in a district.

    `address` may be somebody's home: it stands on the page of the site and nowhere else, neither in the ledger nor in
    a search nor on the board. `home` is null where nobody said whether it is one, and then it is taken for one. `place`
    is in words that name nobody, for lists and the board. `district` is the id of a place in the routing tables.

    From `state` on the columns repeat what the entries come to (`rules.standing`), so that boards are counted by them:
    `told_at` is when the newest entry was made.
    """

    operation = models.ForeignKey("operations.Operation", on_delete=models.PROTECT, related_name="sites")
    reference = models.CharField(max_length=40)
    district = models.CharField(max_length=60)
    place = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=400, blank=True)
    home = models.BooleanField(null=True)
    team = models.ForeignKey("operations.Team", on_delete=models.PROTECT, related_name="sites", null=True)
    warrant = models.ForeignKey("operations.Warrant", on_delete=models.PROTECT, related_name="sites", null=True)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="sites", null=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State, default=State.PLANNED)
    searched_at = models.DateTimeField(null=True)
    nothing = models.BooleanField(default=False)
    seized = models.BooleanField(default=False)
    arrests = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["operation", "reference"], name="site_once")]
        indexes = [models.Index(fields=["operation", "district", "id"], name="site_by_district")]

    if TYPE_CHECKING:
        public_id: UUID
        operation_id: int
        team_id: int | None
        warrant_id: int | None
        case_id: int | None
        changes: RelatedManager[SiteChange]
        entries: RelatedManager[SiteEntry]
        seizures: RelatedManager[SiteSeizure]

    def __str__(self) -> str:
        return self.reference

    def compartment_ids(self) -> list[int]:
        """Where it lies: where its operation does."""
        return self.operation.compartment_ids()


class SiteChange(Record):
    """How a site was planned until somebody planned it otherwise: `team`, `place`, `address`, `home` as they were."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="changes")
    team = models.ForeignKey("operations.Team", on_delete=models.PROTECT, related_name="+", null=True)
    place = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=400, blank=True)
    home = models.BooleanField(null=True)
    why = models.CharField(max_length=400)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    if TYPE_CHECKING:
        public_id: UUID
        site_id: int
        team_id: int | None

    def __str__(self) -> str:
        return f"site {self.site_id} until {self.at:%Y-%m-%d %H:%M}"


class SiteEntry(Record):
    """What is told of a site: `at` when it happened, `entered_at` when the desk was told. Rows are never changed.

    `persons` is how many were arrested, as an officer tells it. `corrects` is the entry that was wrong, `why` it was.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="entries")
    what = models.CharField(max_length=12, choices=State)
    at = models.DateTimeField()
    persons = models.PositiveSmallIntegerField(default=0)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, related_name="corrected_by", null=True)
    why = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name_plural = "site entries"

    if TYPE_CHECKING:
        public_id: UUID
        site_id: int
        corrects_id: int | None
        corrected_by: SiteEntry

    def __str__(self) -> str:
        return f"{self.what} at site {self.site_id}"

    @property
    def told(self) -> Told:
        """As the rules read it."""
        return Told(self.pk, State(self.what), self.at, self.persons, self.corrects_id)

    @property
    def late_by(self) -> timedelta | None:
        """How long after it happened it was entered, where that is later than the limit of custody; None else."""
        after = self.entered_at - self.at
        return after if after > limits().late_entry.span else None
