"""Sealing items, as they are loaded and when an identifier comes later; parts of verbs and steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from kavalan.casework.exhibits.models import Item
from kavalan.casework.exhibits.rules import Seal
from kavalan.casework.exhibits.tallies import brought_forward
from kavalan.casework.privilege.models import PrivilegedIdentifier, PrivilegeSeal
from kavalan.casework.privilege.rules import speaks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kavalan.casework.exhibits.models import Exhibit

_AT_ONCE = 2000


def seal_matches(exhibit: Exhibit, after: int = 0) -> int:
    """Seal the exhibit's items beyond that number whose paths speak of a privileged identifier; how many were."""
    identifiers = list(PrivilegedIdentifier.objects.filter(exhibit=exhibit).values_list("text", flat=True))
    if not identifiers:
        return 0
    unsealed = Item.objects.filter(exhibit=exhibit, number__gt=after).exclude(
        Exists(PrivilegeSeal.objects.filter(item=OuterRef("pk")))
    )
    found = [
        number
        for number, path, original in unsealed.values_list("pk", "path", "original").iterator(_AT_ONCE)
        if speaks_of((bytes(path), bytes(original or b"")), identifiers)
    ]
    for first in range(0, len(found), _AT_ONCE):
        _seal(exhibit, found[first : first + _AT_ONCE])
    return len(found)


def _seal(exhibit: Exhibit, found: Sequence[int]) -> None:
    items = Item.objects.filter(pk__in=found)
    PrivilegeSeal.objects.bulk_create(PrivilegeSeal(item_id=number) for number in found)
    with brought_forward([exhibit.pk], items):
        # What lies outside the authority stays outside it, whatever privilege says.
        items.filter(seal=Seal.OPEN).update(seal=Seal.PRIVILEGED)
