"""What of an exhibit is known material, as a VICS 2.0 case document: hits of the unit that stand without a doubt."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

import kavalan
from kavalan.casework.exhibits.rules import Listing, Standing
from kavalan.casework.exhibits.selectors import asked_items
from kavalan.casework.hits.models import Hit
from kavalan.casework.hits.rules import Kind, Method
from kavalan.scan.results.vics import case_document, case_head
from kavalan.sources import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from kavalan.casework.exhibits.models import Item
    from kavalan.casework.exports.models import Export

_AT_ONCE = 500
_METHODS = {
    Method.SHA256: "sha256",
    Method.SHA1: "sha1",
    Method.MD5_AND_SIZE: "md5+size",
    Method.MD5: "md5",
    Method.NEAR: "near",
}
_FIGURES = {Standing.IDENTICAL: "Identical", Standing.MD5_ONLY: "MD5 only", Standing.NEAR: "Near"}


class Vics:
    """The document in pieces, some hundreds of contents read at a time.

    Args:
        export: of what.
        now: aware UTC.

    Attributes:
        name: of the file.
        items: how many it names.
    """

    name = "hits.vics.json"

    def __init__(self, export: Export, now: datetime) -> None:
        self._export = export
        self._now = now
        self.items = self._known().count()

    def __iter__(self) -> Iterator[bytes]:
        exhibit = self._export.exhibit
        case = case_head(
            f"{exhibit.public_id}",
            number=str(exhibit.authority),
            unit=exhibit.authority.unit.name,
            examiner=self._export.asked_by.name,
            files=self.items,
            version=kavalan.__version__,
            said=self._said(),
        )
        yield from case_document(case, self._contents(), exhibit.reference, self._now)

    def _known(self) -> QuerySet[Item]:
        items = asked_items(self._export.exhibit, self._export.filter)
        return items.filter(standing__in=_FIGURES, content__isnull=False)

    def _said(self) -> dict[str, str]:
        """Contents by how they were recognised, each by its strongest hit; never one figure."""
        stand = self._known().order_by().values_list("content", "standing").distinct()
        figures = Counter(standing for _, standing in stand)
        told = {words: str(figures[standing]) for standing, words in _FIGURES.items()}
        return {"Source": self._export.exhibit.reference, **told, "Note": "A hit is a lead: a person confirms it."}

    def _contents(self) -> Iterator[list[Mapping[str, object]]]:
        after = 0
        while contents := self._next(after):
            after = contents[-1]
            items = self._known().filter(content__in=contents).select_related("content")
            hits = self._hits(contents)
            ordered = items.order_by("content", "number").iterator(_AT_ONCE)
            for number, found in groupby(ordered, lambda item: item.content_id):
                yield _rows(list(found), hits[number])

    def _next(self, after: int) -> list[int]:
        known = self._known().filter(content__gt=after).order_by("content").values_list("content", flat=True)
        return list(known.distinct()[:_AT_ONCE])

    def _hits(self, contents: Sequence[int]) -> Mapping[int | None, list[Hit]]:
        hits = Hit.objects.filter(
            unit=self._export.exhibit.authority.unit_id,
            content__in=contents,
            kind=Kind.POSITIVE,
            withdrawn_at__isnull=True,
            contradicted=False,
            held=False,
        )
        found: dict[int | None, list[Hit]] = defaultdict(list)
        for hit in hits.order_by("content", "method", "distance", "list_name", "pk"):
            if not hit.suppressed_by:
                found[hit.content_id].append(hit)
        return found


def _rows(items: Sequence[Item], hits: Sequence[Hit]) -> list[Mapping[str, object]]:
    """As the engine's tables of hits name them: the strongest hit first, and with it each place."""
    return [{**_of_item(item), **_of_hit(hit)} for hit in hits for item in items]


def _of_item(item: Item) -> dict[str, object]:
    content = item.content
    facts = ("md5", "sha1", "sha256", "pdq")
    return {
        "item": item.number,
        "shown": item.shown_path,
        "container": b"" if len(parse(bytes(item.path)).parts) > 1 else None,
        "item_state": "deleted" if item.state == Listing.DELETED else "allocated",
        "created": None,
        "modified": item.modified,
        "accessed": None,
        "clock": "utc",
        "media_type": content.kind if content else None,
        "size": content.size if content else None,
        **{name: _bytes(getattr(content, name, None)) for name in facts},
    }


def _of_hit(hit: Hit) -> dict[str, object]:
    return {
        "list": hit.list_name,
        "owner": hit.owner,
        "version": hit.version,
        "categories": [{"scheme": scheme, "code": code} for scheme, code in hit.categories],
        "key": hit.entry_key,
        "position": hit.entry_position,
        "flags": hit.flags,
        "method": _METHODS[Method(hit.method)],
        "distance": hit.distance,
        "held": hit.held,
    }


def _bytes(value: bytes | None) -> bytes | None:
    return None if value is None else bytes(value)
