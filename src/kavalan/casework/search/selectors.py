"""Finding what an officer may see: every document that is given here has passed the one visibility predicate."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection
from django.db.models import Q

from kavalan.casework.access.selectors import visible_by_kind
from kavalan.casework.search.asked import Asked, Clause, joined
from kavalan.casework.search.indexing import SOURCES, source_of
from kavalan.casework.search.models import UNIT, SearchDocument
from kavalan.casework.search.postgres import Gin
from kavalan.casework.search.sight import Sight
from kavalan.casework.search.sqlite import Fts5

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from uuid import UUID

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.search.asked import Index
    from kavalan.casework.search.indexing import Source
    from kavalan.casework.search.rules import Kind
    from kavalan.casework.search.words import Wanted

_RARE: Final = 3000
"""So many documents with what is wanted are asked one by one whether they are open."""
_FEW: Final = 1000
"""So many things that are open are asked one by one whether they have what is wanted."""
_OF_ONE: Final = 10
"""How many documents may belong to one thing, as the notes of a case do."""


@dataclass(frozen=True, slots=True)
class Page:
    """Documents of one kind, the newest first; `more`: there are others behind the last of them."""

    kind: Kind
    documents: Sequence[SearchDocument]
    more: bool


class Search:
    """What an officer may find.

    Args:
        officer: who asks.
        now: aware UTC.
        most: documents of a kind on a page.
    """

    def __init__(self, officer: Officer, now: datetime, most: int) -> None:
        self._sight = Sight.of(officer, now)
        self._opened = self._sight.opened()
        self._predicate = _open(officer, now)
        self._most = most
        self._index: Index = Fts5() if connection.vendor == "sqlite" else Gin()

    def of_each_kind(self, wanted: Wanted) -> list[Page]:
        """The newest documents of each kind that have what is wanted; kinds without any are left out."""
        return self._pages(wanted, SOURCES)

    def of_kind(self, wanted: Wanted, kind: Kind, before: UUID | None = None) -> Page:
        """A page of one kind.

        Args:
            wanted: what they have.
            kind: which.
            before: the `public_id` of the document behind which the page begins; the first page without.
        """
        last = SearchDocument.objects.filter(self._predicate, public_id=before).first() if before else None
        pages = self._pages(wanted, [source_of(kind)], last.pk if last else None)
        return pages[0] if pages else Page(kind, [], more=False)

    def _pages(self, wanted: Wanted, sources: Sequence[Source], before: int | None = None) -> list[Page]:
        asked = Asked(wanted, self._opened, before, self._most + 1)
        rare = self._index.few(wanted, _RARE)
        numbers = self._of_the_rare(asked, sources) if rare else list(self._of_the_frequent(asked, sources))
        # Once more and by the predicate itself: what is above is there to be fast.
        found: dict[str, list[SearchDocument]] = defaultdict(list)
        for document in SearchDocument.objects.filter(self._predicate, pk__in=numbers).order_by("-pk"):
            found[document.kind].append(document)
        kinds = [source.kind for source in sources if source.kind in found]
        return [Page(kind, found[kind][: self._most], more=len(found[kind]) > self._most) for kind in kinds]

    def _of_the_rare(self, asked: Asked, sources: Sequence[Source]) -> list[int]:
        """All that have what is wanted are asked whether they are open."""
        kinds = [source.kind.value for source in sources]
        rows = joined(
            "SELECT d.id AS id, ROW_NUMBER() OVER (PARTITION BY d.kind ORDER BY d.id DESC) AS place",
            self._index.matching(asked.wanted),
            "AND",
            asked.behind,
            Clause(f"AND d.kind IN ({', '.join(['%s'] * len(kinds))}) AND", kinds),
            asked.opened,
        )
        return joined("SELECT id FROM (", rows, Clause(") ranked WHERE place <= %s", [asked.most])).numbers()

    def _of_the_frequent(self, asked: Asked, sources: Sequence[Source]) -> Iterator[int]:
        """Kind by kind: where little is open that is asked for its words, and otherwise the index, from the newest."""
        counts = self._sight.counted(sources, _FEW + 1)
        for source in sources:
            count = sum(counts.get(label, 0) for label in source.placed)
            if UNIT in source.placed:
                count = self._sight.of_the_unit(source, _FEW + 1)
            alone = source.model in source.placed or UNIT in source.placed
            if 0 < count <= (_FEW if alone else _FEW // _OF_ONE):
                there, has = self._sight.within(source), self._index.holds(asked.wanted)
                ordered = Clause("ORDER BY d.id DESC LIMIT %s", [asked.most])
                yield from joined("SELECT d.id", there, "AND", asked.behind, "AND", has, ordered).numbers()
            elif count:
                yield from self._index.newest(asked, source.kind)


def _open(officer: Officer, now: datetime) -> Q:
    """The one visibility predicate, of documents."""
    return Q(placed_kind=UNIT, placed_id=officer.unit_id) | Q(
        visible_by_kind(officer, now, kind="placed_kind", at="placed_id")
    )
