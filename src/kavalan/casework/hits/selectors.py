"""What an officer may see of hits: always through an exhibit that they may see."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from kavalan.casework.exhibits.models import WITH_HITS
from kavalan.casework.exhibits.selectors import open_items
from kavalan.casework.hits.models import Asked, Hit, Rematch, ScanMatching
from kavalan.casework.hits.rules import ListAsked
from kavalan.casework.jobs.models import ACTIVE, State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models.expressions import BaseExpression

    from kavalan.casework.exhibits.models import Exhibit, Item
    from kavalan.casework.exhibits.rules import Standing

ITEMS_A_PAGE = 50
HITS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class KnownItem:
    """An item with the strongest hits on its content, those on known material first; `more` counts the others."""

    item: Item
    hits: list[Hit]
    more: int


@dataclass(frozen=True, slots=True)
class KnownPage:
    """One page of items with hits, and the number after which the next page begins; None on the last one."""

    items: list[KnownItem]
    after: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """Which lists an exhibit's contents were held against, at the last time; None where they never were.

    Attributes:
        asked: the question, and what came of it.
        again: whether it was a rematch of all the unit's contents.
        under_way: a rematch that waits or runs.
    """

    asked: Asked | None
    again: bool
    under_way: Rematch | None

    @property
    def matched(self) -> list[ListAsked]:
        """Lists that answered."""
        return [one for one in self._lists if not one["refusal"]]

    @property
    def refused(self) -> list[ListAsked]:
        """Lists that were not asked, each with the reason."""
        return [one for one in self._lists if one["refusal"]]

    @property
    def partial(self) -> list[ListAsked]:
        """Lists that answered for some contents only, or that were changed in between."""
        contents = self.asked.contents if self.asked else 0
        return [one for one in self.matched if one["asked"] < contents or one["first"] != one["last"]]

    @property
    def left_out(self) -> int:
        """Hits beyond the most that are kept of one content."""
        return sum(one["left_out"] for one in self._lists)

    @property
    def _lists(self) -> list[ListAsked]:
        return self.asked.lists if self.asked else []


def known_page(exhibit: Exhibit, *, standing: Standing | None = None, after: int = 0) -> KnownPage:
    """A page of the exhibit's open items on which there are hits, in their order."""
    items = open_items(exhibit).filter(WITH_HITS, number__gt=after)
    if standing is not None:
        items = items.filter(standing=standing)
    found = list(items.select_related("content").order_by("number")[: ITEMS_A_PAGE + 1])
    page = found[:ITEMS_A_PAGE]
    hits = _strongest(exhibit.authority.unit_id, [item.content_id for item in page])
    known = [_known(item, hits.get(item.content_id, [])) for item in page]
    return KnownPage(known, page[-1].number if len(found) > ITEMS_A_PAGE else None)


def question(exhibit: Exhibit) -> Question:
    """Which lists the exhibit's contents were held against."""
    scan = ScanMatching.objects.filter(exhibit=exhibit).first()
    rematches = Rematch.objects.filter(unit=exhibit.authority.unit_id).select_related("job")
    last = rematches.filter(job__state=State.DONE).order_by("-pk").first()
    under_way = rematches.filter(job__state__in=ACTIVE).first()
    if last and scan and scan.asked_at and last.job.created_at >= scan.asked_at:
        return Question(last, True, under_way)
    return Question(scan, False, under_way)


def _strongest(unit: int, contents: Sequence[int | None]) -> dict[int | None, list[tuple[Hit, int]]]:
    """For each content its first hits, each with how many there are in all; what was withdrawn comes last."""
    lasting, known_first = F("withdrawn_at").asc(nulls_first=True), F("kind").desc()
    order: list[BaseExpression | F | str] = [lasting, known_first, "method", "distance", "list_name", "pk"]
    hits = Hit.objects.filter(unit=unit, content__in=contents).annotate(
        place=Window(RowNumber(), partition_by="content", order_by=order),
        in_all=Window(Count("pk"), partition_by="content"),
    )
    found: dict[int | None, list[tuple[Hit, int]]] = defaultdict(list)
    for hit in hits.filter(place__lte=HITS_SHOWN).select_related("error_rate").order_by("content", "place"):
        found[hit.content_id].append((hit, hit.in_all))
    return found


def _known(item: Item, hits: Sequence[tuple[Hit, int]]) -> KnownItem:
    more = hits[0][1] - len(hits) if hits else 0
    return KnownItem(item, [hit for hit, _ in hits], more)
