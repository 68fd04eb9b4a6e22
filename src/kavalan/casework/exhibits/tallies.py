"""Keeping all that is counted of an exhibit true while its items change; part of the verb or step that changes them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from django.db.models import BooleanField, Count, ExpressionWrapper

from kavalan.casework.exhibits import hours, stacks
from kavalan.casework.exhibits.models import UNREAD, Exhibit, HourTally, Item, Stack, Tally

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from django.db.models import QuerySet

K = TypeVar("K")
KEPT = (Tally, HourTally, Stack)
"""What is brought forward: a step that changes items writes these too."""


class Sort(NamedTuple):
    """What items of one tally have in common, in the order of its key."""

    exhibit: int
    seal: int
    family: str
    unread: bool
    standing: int
    state: str
    place: str
    reason: str
    novelty: int


@contextmanager
def brought_forward(exhibits: Collection[int], items: QuerySet[Item]) -> Iterator[None]:
    """Within, these items are added or changed; what it does to the counts of their exhibits is written at the end.

    Counts the given items before and after, so it takes as long as they are many, not the exhibit. The exhibits are
    locked first, in the order of their numbers: two that change the same ones wait for each other.

    Args:
        exhibits: the numbers of the exhibits in which the items lie.
        items: the items, chosen by something that does not change within.
    """
    list(Exhibit.objects.select_for_update(of=("self",)).filter(pk__in=exhibits).order_by("pk").values_list("pk"))
    before, by_hour, piled = _sorts(items), hours.count(items), stacks.of(items)
    yield
    after = _sorts(items)
    if after == before:
        return
    _write(exhibits, _changes(before, after))
    hours.add(_changes(by_hour, hours.count(items)))
    stacks.recount(piled | stacks.of(items))


def _changes(before: Mapping[K, int], after: Mapping[K, int]) -> dict[K, int]:
    changed = {key: after.get(key, 0) - before.get(key, 0) for key in before.keys() | after.keys()}
    return {key: change for key, change in changed.items() if change}


def _sorts(items: QuerySet[Item]) -> dict[Sort, int]:
    unread = ExpressionWrapper(UNREAD, output_field=BooleanField())
    rows = items.annotate(unread=unread).values_list(*Sort._fields).annotate(items=Count("pk")).order_by()
    return {Sort(*sort): count for *sort, count in rows}


def _write(exhibits: Collection[int], changes: Mapping[Sort, int]) -> None:
    """Add the changes; every exhibit is locked, so that what is read here is still so when it is written."""
    kept = {
        Sort(*sort): count
        for *sort, count in Tally.objects.filter(exhibit__in=exhibits).values_list(*Sort._fields, "items")
    }
    Tally.objects.bulk_create(
        [
            Tally(exhibit_id=sort.exhibit, **dict(zip(Sort._fields[1:], sort[1:], strict=True)), items=total)
            for sort, change in sorted(changes.items())
            for total in [kept.get(sort, 0) + change]
        ],
        update_conflicts=True,
        unique_fields=Sort._fields,
        update_fields=["items"],
    )
