"""Reading which papers were issued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.papers.models import IssuedPaper

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kavalan.casework.exhibits.models import Exhibit

MOST_SHOWN = 100


def issued_about(exhibit: Exhibit) -> QuerySet[IssuedPaper]:
    """The papers about an exhibit, the newest first; who sees it sees them."""
    return IssuedPaper.objects.filter(exhibit=exhibit).select_related("kept__kept_by").order_by("-pk")[:MOST_SHOWN]
