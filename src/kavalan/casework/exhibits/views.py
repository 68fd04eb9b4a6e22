"""The exhibits' pages: they say what was found, and never show a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.exhibits import selectors
from kavalan.casework.exhibits.forms import ExhibitsQuery, ItemsQuery

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.exhibits.models import Exhibit


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The exhibits that the officer may see, the newest first."""
    query = ExhibitsQuery(request.GET)
    page = selectors.exhibit_page(officer_of(request), timezone.now(), query.before)
    known = selectors.figures(page.exhibits)
    rows = [(exhibit, known[exhibit.pk]) for exhibit in page.exhibits]
    return render(request, "exhibits/home.html", {"page": page, "rows": rows})


@require_safe
def exhibit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One exhibit: what it is, what was found, why the officer sees it."""
    shown = _exhibit_or_404(request, public_id)
    query = ItemsQuery(request.GET)
    context = {
        "exhibit": shown,
        "counts": selectors.counts(shown),
        "figures": selectors.figures([shown])[shown.pk],
        "reasons": selectors.reasons(officer_of(request), shown, timezone.now()),
        "page": selectors.item_page(
            shown,
            family=query.family,
            unread_only=query.unread_only,
            known_only=query.known_only,
            after=query.after,
        ),
        "query": query,
    }
    return render(request, "exhibits/exhibit.html", context)


@require_safe
def progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far an exhibit's scan is: a fragment that the page asks for again and again."""
    return render(request, "exhibits/_progress.html", {"exhibit": _exhibit_or_404(request, public_id), "watched": True})


def _exhibit_or_404(request: HttpRequest, public_id: UUID) -> Exhibit:
    found = selectors.exhibit_for(officer_of(request), public_id, timezone.now())
    if found is None:
        raise Http404
    return found
