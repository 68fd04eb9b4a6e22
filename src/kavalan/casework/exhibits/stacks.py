"""Counting what lies in each stack of an exhibit: of its open items, those of each standing apart."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Min

from kavalan.casework.exhibits.models import Item, Stack
from kavalan.casework.exhibits.rules import Seal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from django.db.models import QuerySet

Key = tuple[int, int]
"""The number of an exhibit, and that of the first item of a stack in it."""


class _Content(NamedTuple):
    """One content of a stack, as far as it is open and stands alike."""

    items: int
    first: int
    family: str


def of(items: QuerySet[Item]) -> set[Key]:
    """The stacks in which any of the items lie."""
    stacked = items.filter(stack__isnull=False).order_by().values_list("exhibit", "stack").distinct()
    return {(exhibit, stack) for exhibit, stack in stacked if stack is not None}


def recount(stacks: Collection[Key], bits: Mapping[Key, int | None] | None = None) -> None:
    """Write down what lies in these stacks now; part of a verb or step.

    Args:
        stacks: as `of` gives them.
        bits: how wide they were measured to be; what was said before stays where nothing is said.
    """
    by_exhibit: dict[int, set[int]] = defaultdict(set)
    for exhibit, number in stacks:
        by_exhibit[exhibit].add(number)
    for exhibit, numbers in by_exhibit.items():
        wide = _widths(exhibit, numbers) | {number: wide for (_, number), wide in (bits or {}).items()}
        rows = [_row(exhibit, *key, contents, wide) for key, contents in _contents(exhibit, numbers).items()]
        fields = ["family", "first", "same", "alike", "others", "size", "bits"]
        unique = ["exhibit", "number", "standing"]
        Stack.objects.bulk_create(rows, update_conflicts=True, unique_fields=unique, update_fields=fields)
        _remove_empty(exhibit, numbers, rows)


def _widths(exhibit: int, numbers: Collection[int]) -> dict[int, int | None]:
    return dict(Stack.objects.filter(exhibit=exhibit, number__in=numbers).values_list("number", "bits"))


def _contents(exhibit: int, numbers: Collection[int]) -> Mapping[tuple[int, int], list[_Content]]:
    """By number and standing, the contents with how often each is there."""
    found: dict[tuple[int, int], list[_Content]] = defaultdict(list)
    items = Item.objects.filter(exhibit=exhibit, seal=Seal.OPEN, stack__in=numbers).order_by()
    counted = items.values_list("stack", "standing", "content", "family").annotate(Count("pk"), Min("number"))
    for number, standing, _, family, items_of_it, first in counted:
        found[number, standing].append(_Content(items_of_it, first, family))
    return found


def _row(
    exhibit: int, number: int, standing: int, contents: Iterable[_Content], bits: Mapping[int, int | None]
) -> Stack:
    # Of two that are there as often, the one that came first.
    most, *others = sorted(contents, key=lambda one: (-one.items, one.first))
    alike = sum(one.items for one in others)
    return Stack(
        exhibit_id=exhibit,
        number=number,
        standing=standing,
        family=most.family,
        first=min(one.first for one in (most, *others)),
        same=most.items,
        alike=alike,
        others=len(others),
        size=most.items + alike,
        bits=bits.get(number),
    )


def _remove_empty(exhibit: int, numbers: Collection[int], rows: Iterable[Stack]) -> None:
    there = {(row.number, row.standing) for row in rows}
    kept = Stack.objects.filter(exhibit=exhibit, number__in=numbers).values_list("pk", "number", "standing")
    gone = [pk for pk, number, standing in kept if (number, standing) not in there]
    Stack.objects.filter(pk__in=gone).delete()
