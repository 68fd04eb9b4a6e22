"""What the privilege seal leaves open, what it holds, and whose it is to look at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import roles_in
from kavalan.casework.exhibits.models import Item
from kavalan.casework.exhibits.rules import Seal
from kavalan.casework.exhibits.selectors import counts
from kavalan.casework.privilege.models import PrivilegedIdentifier, PrivilegeSeal

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.exhibits.models import Exhibit

SEALED_A_PAGE = 100
FILTER = frozenset({Role.FILTER_OFFICER})
INVESTIGATE = frozenset({Role.INVESTIGATOR, Role.EXAMINER, Role.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class SealCounts:
    """Of an exhibit: identifiers that were supplied, items that are sealed as privileged, items that were opened."""

    identifiers: int
    sealed: int
    opened: int


@dataclass(frozen=True, slots=True)
class SealedPage:
    """One page of sealed items, and the number after which the next one begins; None on the last."""

    items: Sequence[Item]
    after: int | None


def seal_counts(exhibit: Exhibit) -> SealCounts:
    """What everybody may know of it who sees the exhibit."""
    opened = PrivilegeSeal.objects.filter(item__exhibit=exhibit, opened_at__isnull=False).count()
    identifiers = PrivilegedIdentifier.objects.filter(exhibit=exhibit).count()
    return SealCounts(identifiers, counts(exhibit).privileged, opened)


def filters(officer: Officer, compartments: Collection[int], now: datetime) -> bool:
    """Whether the officer is filter officer there and nothing that investigates."""
    roles = roles_in(officer, compartments, now)
    return bool(FILTER & roles) and not INVESTIGATE & roles


def sealed_items(exhibit: Exhibit, after: int = 0) -> SealedPage:
    """Sealed items in their order, with what the filter officer goes by; none that lies outside the authority."""
    items = _sealed(exhibit).filter(number__gt=after)
    found = list(items.select_related("content").order_by("number")[: SEALED_A_PAGE + 1])
    page = found[:SEALED_A_PAGE]
    return SealedPage(page, page[-1].number if len(found) > SEALED_A_PAGE else None)


def are_sealed(exhibit: Exhibit, numbers: Collection[int]) -> bool:
    """Whether each of these is an item of the exhibit that is sealed as privileged, and there is one at all."""
    return bool(numbers) and _sealed(exhibit).filter(number__in=numbers).count() == len(set(numbers))


def _sealed(exhibit: Exhibit) -> QuerySet[Item]:
    return Item.objects.filter(exhibit=exhibit, seal=Seal.PRIVILEGED)
