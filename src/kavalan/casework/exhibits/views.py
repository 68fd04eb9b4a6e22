"""The exhibits' pages: they say what was found, and never show a picture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kavalan.casework.accounts.selectors import duties_of
from kavalan.casework.accounts.session import officer_of
from kavalan.casework.authority.selectors import lapsing
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits import selectors, thinning
from kavalan.casework.exhibits.asked import exhibit_or_404
from kavalan.casework.exhibits.evidence import shelf
from kavalan.casework.exhibits.facets import Facets
from kavalan.casework.exhibits.forms import ExhibitsQuery, ItemsQuery, RegisterForm
from kavalan.casework.exhibits.services import cancel_scan, import_scan, register_exhibit, start_scan
from kavalan.casework.safekeeping.services import keep_exhibit
from kavalan.casework.safekeeping.views import exhibit_page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.exhibits.models import Exhibit
    from kavalan.casework.safekeeping.models import Way


@require_safe
def exhibits(request: HttpRequest) -> HttpResponse:
    """The exhibits that the officer may see, the newest first."""
    query, officer, now = ExhibitsQuery(request.GET), officer_of(request), timezone.now()
    page = selectors.exhibit_page(officer, now, query.before)
    known = selectors.figures(page.exhibits)
    rows = [(exhibit, known[exhibit.pk]) for exhibit in page.exhibits]
    context = {"page": page, "rows": rows}
    if not page.exhibits:
        context["duties"] = duties_of(officer, now)
    return render(request, "exhibits/exhibits.html", context)


@require_safe
def exhibit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One exhibit: what it is, what was found, why the officer sees it."""
    return _exhibit(request, exhibit_or_404(request, public_id))


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register an exhibit that an authority names, or one whose scan was made in the field."""
    officer, now = officer_of(request), timezone.now()
    openings, evidence = selectors.openings(officer, now), shelf()
    form = RegisterForm(request.POST if request.method == "POST" else None, openings, evidence)
    if form.is_valid():
        try:
            into = import_scan if form.is_result else register_exhibit
            made = into(officer, form.authority, form.draft, now)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _kept(request, made, form.chosen_way)
    context = {"form": form, "openings": openings, "shelf": evidence}
    return render(request, "exhibits/register.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, made: Exhibit, way: Way | None) -> HttpResponse:
    """Have a new exhibit kept as was asked; it stays registered where that is refused."""
    if way is not None:
        try:
            keep_exhibit(officer_of(request), made.authority, made, timezone.now(), way=way)
        except RefusedError as refusal:
            return exhibit_page(request, made, str(refusal))
    return redirect("exhibit", made.public_id)


@require_POST
def start(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for an exhibit to be scanned."""
    shown = exhibit_or_404(request, public_id)
    try:
        start_scan(officer_of(request), shown.authority, shown, timezone.now())
    except RefusedError as refusal:
        return _exhibit(request, shown, str(refusal))
    return redirect("exhibit", public_id)


@require_POST
def cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask a scan to stop."""
    shown = exhibit_or_404(request, public_id)
    try:
        cancel_scan(officer_of(request), timezone.now(), exhibit=shown)
    except RefusedError as refusal:
        return _exhibit(request, shown, str(refusal))
    return redirect("exhibit", public_id)


def _exhibit(request: HttpRequest, shown: Exhibit, refusal: str = "") -> HttpResponse:
    """The page of an exhibit; with a refusal it answers to something that was asked there."""
    query, tallies = ItemsQuery(request.GET), selectors.tallies(shown)
    reasons, may_thin = thinning.reasons(officer_of(request), shown, timezone.now())
    query.held_to(replace(query.asked, thinned=query.asked.thinned and may_thin))
    context = {
        "exhibit": shown,
        "counts": selectors.counts_of(tallies),
        "facets": Facets(tallies, query),
        "figures": selectors.figures_of(tallies),
        "may_examine": selectors.may_examine(reasons),
        "reasons": reasons,
        "refusal": refusal,
        "lapsing": lapsing(officer_of(request), timezone.now(), shown.authority),
        "page": selectors.item_page(shown, query.asked, query.after),
        "query": query,
    }
    return render(request, "exhibits/exhibit.html", context, status=409 if refusal else 200)


@require_safe
def progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far an exhibit's scan is: a fragment that the page asks for again and again."""
    return render(request, "exhibits/_progress.html", {"exhibit": exhibit_or_404(request, public_id), "watched": True})
