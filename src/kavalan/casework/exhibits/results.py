"""What the pages of an exhibit's results read: stacks, classes of places, what could not be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kavalan.casework.exhibits.models import UNREAD, Item, Stack, Stacking
from kavalan.casework.exhibits.rules import PLACE_WORDS, REASON_HELP, REASON_WORDS, Family, Seal, Standing
from kavalan.casework.exhibits.selectors import ITEMS_A_PAGE, ItemPage, open_items

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from kavalan.casework.exhibits.models import Exhibit, Tally

STACKS_A_PAGE = 50
_AFTER = re.compile(r"(\d{1,18})-(\d{1,18})")


@dataclass(frozen=True, slots=True)
class Shown:
    """A stack, and the first item of it that is open."""

    stack: Stack
    item: Item


@dataclass(frozen=True, slots=True)
class StackPage:
    """One page of stacks, the largest first, and what the address of the next one says; None on the last one.

    `stacking` says how far the items were put into stacks; None where none were.
    """

    stacks: Sequence[Shown]
    after: str | None
    stacking: Stacking | None


@dataclass(slots=True)
class Lot:
    """Open items that have something in common, counted; what lists make of them apart, never added up."""

    name: str
    label: str | _StrPromise
    help: str | _StrPromise = ""
    items: int = 0
    pictures: int = 0
    videos: int = 0
    unread: int = 0
    standings: dict[Standing, int] = field(default_factory=dict)

    @property
    def others(self) -> int:
        """Neither pictures nor videos."""
        return self.items - self.pictures - self.videos

    @property
    def sure(self) -> list[tuple[Standing, int]]:
        """The three figures of what is known without a doubt that was found, apart, noughts among them."""
        return [(each, self.standings.get(each, 0)) for each in (Standing.IDENTICAL, Standing.MD5_ONLY, Standing.NEAR)]

    def add(self, tally: Tally) -> None:
        """Count a tally in."""
        self.items += tally.items
        self.pictures += tally.items * (tally.family == Family.PICTURE)
        self.videos += tally.items * (tally.family == Family.VIDEO)
        self.unread += tally.items * tally.unread
        standing = Standing(tally.standing)
        self.standings[standing] = self.standings.get(standing, 0) + tally.items


def places(tallies: Iterable[Tally]) -> list[Lot]:
    """How many open items lay in each class of place, as far as there are any."""
    lots = {name: Lot(name, words) for name, words in PLACE_WORDS.items()}
    for tally in tallies:
        if tally.seal == Seal.OPEN:
            lots.setdefault(tally.place, Lot(tally.place, tally.place)).add(tally)
    return [lot for lot in lots.values() if lot.items]


def unread(tallies: Iterable[Tally]) -> list[Lot]:
    """How many open items could not be wholly read, by class of reason, the most first."""
    lots = {name: Lot(name, words, REASON_HELP[name]) for name, words in REASON_WORDS.items()}
    for tally in tallies:
        if tally.seal == Seal.OPEN and tally.unread:
            lots.setdefault(tally.reason, Lot(tally.reason, tally.reason)).add(tally)
    return sorted((lot for lot in lots.values() if lot.items), key=lambda lot: -lot.items)


def unread_page(exhibit: Exhibit, reason: str | None, after: int) -> ItemPage:
    """A page of what could not be wholly read, all of it or for one class of reason, in the order of the source."""
    items = open_items(exhibit).filter(UNREAD, number__gt=after)
    return _page(items if reason is None else items.filter(reason=reason))


def stack_page(exhibit: Exhibit, standing: Standing | None, after: str) -> StackPage:
    """A page of stacks: all, or those of which lists make just this."""
    stacks = Stack.objects.filter(exhibit=exhibit).order_by("-size", "pk")
    if standing is not None:
        stacks = stacks.filter(standing=standing)
    found = _largest(stacks, after)
    page = found[:STACKS_A_PAGE]
    last = f"{page[-1].size}-{page[-1].pk}" if len(found) > STACKS_A_PAGE else None
    first = {item.number: item for item in _firsts(exhibit, page)}
    shown = [Shown(stack, first[stack.first]) for stack in page if stack.first in first]
    return StackPage(shown, last, Stacking.objects.filter(exhibit=exhibit).first())


def stack_for(exhibit: Exhibit, number: int, standing: Standing | None) -> Stack | None:
    """The stack of that number, of which lists make that; None where there is none of open items."""
    return Stack.objects.filter(exhibit=exhibit, number=number, standing=standing or Standing.UNKNOWN).first()


def stack_items(stack: Stack, after: int) -> ItemPage:
    """A page of the items of a stack, in the order of the source."""
    items = Item.objects.filter(exhibit=stack.exhibit_id, seal=Seal.OPEN, stack=stack.number)
    return _page(items.filter(standing=stack.standing, number__gt=after))


def _largest(stacks: QuerySet[Stack], after: str) -> list[Stack]:
    """One more than a page: two stretches of one index, so that no row is passed over."""
    most, begin = STACKS_A_PAGE + 1, _AFTER.fullmatch(after)
    if begin is None:
        return list(stacks[:most])
    size, pk = int(begin[1]), int(begin[2])
    found = list(stacks.filter(size=size, pk__gt=pk)[:most])
    return found + list(stacks.filter(size__lt=size)[: most - len(found)])


def _firsts(exhibit: Exhibit, stacks: Sequence[Stack]) -> QuerySet[Item]:
    return open_items(exhibit).filter(number__in=[stack.first for stack in stacks]).select_related("content")


def _page(items: QuerySet[Item]) -> ItemPage:
    found = list(items.select_related("content").order_by("number")[: ITEMS_A_PAGE + 1])
    page = found[:ITEMS_A_PAGE]
    return ItemPage(page, page[-1].number if len(found) > ITEMS_A_PAGE else None)
