"""What an officer may see of exhibits: every read here passes the one visibility predicate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from kavalan.casework.access.selectors import EXAMINERS, compartments_with, grants_to, visible
from kavalan.casework.authority.rules import Activity
from kavalan.casework.authority.selectors import authorities_in_force
from kavalan.casework.exhibits.models import DELETED, NEW, UNREAD, WITH_HITS, Exhibit, Item, ScanBatch, Tally
from kavalan.casework.exhibits.rules import Family, ItemFilter, Seal, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.access.models import Compartment, Grant
    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.authority.models import Authority

EXHIBITS_A_PAGE = 50
ITEMS_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items of an exhibit are open; those not wholly read are counted in their family too.

    `sealed` items lie outside what the authority reaches, `privileged` ones within it; neither are in other figures.
    """

    items: int
    pictures: int
    videos: int
    unread: int
    sealed: int = 0
    privileged: int = 0

    @property
    def other(self) -> int:
        """Items that are neither picture nor video."""
        return self.items - self.pictures - self.videos


class Figures(dict[Standing, int]):
    """How many items of an exhibit stand how, each counted once; figures of different standings are never added up."""

    @property
    def sure(self) -> list[tuple[Standing, int]]:
        """The three figures of what is known without a doubt that was found, apart, noughts among them."""
        return [(each, self.get(each, 0)) for each in (Standing.IDENTICAL, Standing.MD5_ONLY, Standing.NEAR)]

    @property
    def doubtful(self) -> list[tuple[Standing, int]]:
        """The others, as far as there are any."""
        return [(each, self[each]) for each in sorted(self, reverse=True) if each < Standing.NEAR]

    @property
    def listed(self) -> int:
        """Items on which there is any hit to be seen."""
        return sum(self.values())


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One page of items, and the number after which the next page begins; None on the last one."""

    items: list[Item]
    after: int | None


@dataclass(frozen=True, slots=True)
class Cover:
    """An exhibit that an authority names and that is not registered yet."""

    authority: Authority
    reference: str


@dataclass(frozen=True, slots=True)
class Openings:
    """What an officer could register now: what authorities still cover, and the rooms in which the officer examines."""

    covers: list[Cover]
    rooms: list[Compartment]


@dataclass(frozen=True, slots=True)
class ExhibitPage:
    """One page of exhibits, the newest first, and the one before which the next page begins."""

    exhibits: Sequence[Exhibit]
    before: UUID | None


def visible_exhibits(officer: Officer, now: datetime) -> QuerySet[Exhibit]:
    """The exhibits that the officer may see."""
    return Exhibit.objects.filter(visible(Exhibit, officer, now)).select_related(
        "authority", "scan", "registered_by", "field_scan"
    )


def exhibit_for(officer: Officer, public_id: UUID, now: datetime) -> Exhibit | None:
    """The exhibit, or None where it does not exist or may not be seen: one answer for both."""
    return visible_exhibits(officer, now).filter(public_id=public_id).first()


def may_examine(reasons: Sequence[Grant]) -> bool:
    """Whether these reasons to see an exhibit extend to scanning it; the authority is asked when it is done."""
    return any(grant.role in EXAMINERS for grant in reasons)


def openings(officer: Officer, now: datetime) -> Openings:
    """What the officer could register now, the newest authority first."""
    in_force = authorities_in_force(officer, Activity.COLLECT, now)
    taken = set(Exhibit.objects.filter(authority__in=in_force).values_list("authority", "reference"))
    covers = [
        Cover(authority, reference)
        for authority in in_force
        for reference in authority.exhibits
        if (authority.pk, reference) not in taken
    ]
    return Openings(covers, list(compartments_with(officer, EXAMINERS, now)))


def exhibit_page(officer: Officer, now: datetime, before: UUID | None = None) -> ExhibitPage:
    """A page of what the officer may see, each exhibit with its number of items as `item_count`."""
    seen = visible_exhibits(officer, now)
    if before is not None:
        seen = seen.filter(pk__lt=seen.filter(public_id=before).values("pk"))
    # Counted for each row of the page; joined, the batches of everything that is visible would be grouped first.
    loaded = ScanBatch.objects.filter(exhibit=OuterRef("pk")).order_by().values("exhibit").values(total=Sum("rows"))
    counted = seen.annotate(item_count=Coalesce(Subquery(loaded), 0)).order_by("-pk")
    found = list(counted[: EXHIBITS_A_PAGE + 1])
    page = found[:EXHIBITS_A_PAGE]
    return ExhibitPage(page, page[-1].public_id if len(found) > EXHIBITS_A_PAGE else None)


def reasons(officer: Officer, exhibit: Exhibit, now: datetime) -> list[Grant]:
    """Why the officer sees it."""
    return list(grants_to(officer, exhibit, now))


def open_items(exhibit: Exhibit) -> QuerySet[Item]:
    """The exhibit's items that its authority reaches and no privilege seals."""
    return Item.objects.filter(exhibit=exhibit, seal=Seal.OPEN)


def tallies(exhibit: Exhibit) -> list[Tally]:
    """All of the exhibit's tallies, those of what is sealed among them: few rows, however many items."""
    return list(Tally.objects.filter(exhibit=exhibit))


def counts(exhibit: Exhibit) -> Counts:
    """How many items of the exhibit are open, and how many are not."""
    return counts_of(tallies(exhibit))


def counts_of(tallies: Sequence[Tally]) -> Counts:
    """The same, of tallies that were read already."""
    opened = [tally for tally in tallies if tally.seal == Seal.OPEN]
    return Counts(
        items=_items(opened),
        pictures=_items(tally for tally in opened if tally.family == Family.PICTURE),
        videos=_items(tally for tally in opened if tally.family == Family.VIDEO),
        unread=_items(tally for tally in opened if tally.unread),
        sealed=_items(tally for tally in tallies if tally.seal == Seal.OUTSIDE),
        privileged=_items(tally for tally in tallies if tally.seal == Seal.PRIVILEGED),
    )


def _items(tallies: Iterable[Tally]) -> int:
    return sum(tally.items for tally in tallies)


def figures(exhibits: Sequence[Exhibit]) -> dict[int, Figures]:
    """What is known of each exhibit's open items, by the exhibit's number: one query, however many exhibits."""
    found = {exhibit.pk: Figures() for exhibit in exhibits}
    tallies = Tally.objects.filter(WITH_HITS, exhibit__in=found, seal=Seal.OPEN, items__gt=0)
    for exhibit, standing, count in tallies.values_list("exhibit", "standing").annotate(Sum("items")).order_by():
        found[exhibit][Standing(standing)] = count
    return found


def figures_of(tallies: Sequence[Tally]) -> Figures:
    """The same of one exhibit, of tallies that were read already."""
    found = Figures()
    for tally in tallies:
        if tally.seal == Seal.OPEN and tally.standing > Standing.KNOWN_GOOD and tally.items:
            standing = Standing(tally.standing)
            found[standing] = found.get(standing, 0) + tally.items
    return found


def item_page(exhibit: Exhibit, asked: ItemFilter | None = None, after: int = 0) -> ItemPage:
    """A page of the exhibit's open items in their order, all of them or those that the filter asks for."""
    items = asked_items(exhibit, asked or ItemFilter(), after)
    found = list(items.select_related("content").order_by("number")[: ITEMS_A_PAGE + 1])
    page = found[:ITEMS_A_PAGE]
    return ItemPage(page, page[-1].number if len(found) > ITEMS_A_PAGE else None)


def asked_items(exhibit: Exhibit, asked: ItemFilter, after: int = 0) -> QuerySet[Item]:
    """The exhibit's open items behind that number for which the filter asks."""
    return open_items(exhibit).filter(_asked(asked), number__gt=after)


def _asked(asked: ItemFilter) -> Q:
    conditions = {
        Q(family=asked.family): asked.family is not None,
        UNREAD: asked.unread_only or asked.reason is not None,
        Q(reason=asked.reason): asked.reason is not None,
        WITH_HITS: asked.known_only or asked.standing is not None,
        Q(standing=asked.standing): asked.standing is not None,
        DELETED: asked.deleted_only,
        Q(place=asked.place): asked.place is not None,
        NEW: asked.thinned,
    }
    return Q(*(condition for condition, holds in conditions.items() if holds))
