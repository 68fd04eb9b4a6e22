"""The page of an exhibit's hits: text only, never a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.exhibits.selectors import exhibit_for, figures
from kavalan.casework.hits import selectors
from kavalan.casework.hits.forms import HitsQuery

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_safe
def hits(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What of an exhibit is on a list, on whose, how it was recognised, and which doubts there are."""
    exhibit = exhibit_for(officer_of(request), public_id, timezone.now())
    if exhibit is None:
        raise Http404
    query = HitsQuery(request.GET)
    context = {
        "exhibit": exhibit,
        "figures": figures([exhibit])[exhibit.pk],
        "question": selectors.question(exhibit),
        "page": selectors.known_page(exhibit, standing=query.standing, after=query.after),
        "query": query,
    }
    return render(request, "hits/hits.html", context)
