"""How much identifiers would seal, before they are supplied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.exhibits.selectors import open_items
from kavalan.casework.privilege.rules import folded, speaks_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from kavalan.casework.exhibits.models import Exhibit

MOST_LOOKED_AT = 100_000
"""Items that a page looks at: a second or so. How many more there are to seal is said when they are sealed."""
_AT_ONCE = 2000


def would_seal(exhibit: Exhibit, identifiers: Collection[str]) -> tuple[int, bool]:
    """How many of the items that are open now these would seal, and whether all items were looked at.

    Only what is open is counted: nobody learns by trying what sealed paths speak of.
    """
    texts = [folded(text) for text in identifiers]
    paths = open_items(exhibit).order_by("number").values_list("path", "original")[: MOST_LOOKED_AT + 1]
    looked, found = 0, 0
    for path, original in paths.iterator(_AT_ONCE):
        looked += 1
        found += looked <= MOST_LOOKED_AT and speaks_of((bytes(path), bytes(original or b"")), texts)
    return found, looked <= MOST_LOOKED_AT
