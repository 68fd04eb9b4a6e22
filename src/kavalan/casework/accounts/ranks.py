"""The ranks of the desk's officers: a ladder of the law as data, its titles in the page's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from kavalan.law import packaged_law

if TYPE_CHECKING:
    from kavalan.law import Rank

LADDER = "kerala-police"


def ranks() -> dict[str, Rank]:
    """Every rank that there is or was by its id, from the lowest."""
    return {rank.id: rank for rank in packaged_law().ladders[LADDER]}


def title_of(rank: Rank) -> str:
    """The rank in full; `tools.messages` takes these titles out of the data."""
    return gettext(rank.title)
