"""The page of the files of an exhibit's results: having one made, asking for it, taking it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.asked import exhibit_or_404
from kavalan.casework.exhibits.facets import Facets
from kavalan.casework.exhibits.forms import ItemsQuery
from kavalan.casework.exhibits.selectors import counts_of, tallies
from kavalan.casework.exhibits.thinning import as_may_be
from kavalan.casework.exports import selectors
from kavalan.casework.exports.forms import ExportForm
from kavalan.casework.exports.rules import in_words
from kavalan.casework.exports.services import ask_for_export, give_export, make_export
from kavalan.casework.vault.giving import streamed

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from kavalan.casework.exhibits.models import Exhibit
    from kavalan.casework.exports.models import Export


@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Have a file of the list made that the address asks for; what was made before."""
    exhibit = exhibit_or_404(request, public_id)
    if request.method != "POST":
        return _page(request, exhibit)
    form = ExportForm(request.POST)
    if not form.is_valid():
        return _page(request, exhibit, form=form)
    officer, filters = officer_of(request), ItemsQuery(request.GET).filters
    try:
        make_export(officer, exhibit.authority, exhibit, timezone.now(), form=form.chosen, filters=filters)
    except RefusedError as refusal:
        return _page(request, exhibit, str(refusal), form)
    return redirect("exports", public_id)


@require_POST
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask a supervisor to grant that a file is given out."""
    export = _export_or_404(request, public_id)
    try:
        ask_for_export(officer_of(request), timezone.now(), export, request.POST.get("reason", ""))
    except RefusedError as refusal:
        return _page(request, export.exhibit, str(refusal))
    return redirect("exports", export.exhibit.public_id)


@require_POST
def give(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The file, once, on the grant; recorded before its first byte leaves."""
    export, officer, now = _export_or_404(request, public_id), officer_of(request), timezone.now()
    if export.kept is None:
        return _page(request, export.exhibit, _("The file is not made."))
    try:
        return streamed(export.kept, lambda: give_export(officer, export.exhibit.authority, export, now))
    except RefusedError as refusal:
        return _page(request, export.exhibit, str(refusal))


def _page(request: HttpRequest, exhibit: Exhibit, refusal: str = "", form: ExportForm | None = None) -> HttpResponse:
    officer, now, query = officer_of(request), timezone.now(), ItemsQuery(request.GET)
    query.held_to(as_may_be(officer, exhibit, query.asked, now))
    counted = tallies(exhibit)
    context = {
        "exhibit": exhibit,
        "counts": counts_of(counted),
        "here": "exports",
        "query": query,
        "which": ", ".join(in_words(query.asked)),
        "items": Facets(counted, query).items,
        "form": form or ExportForm(None),
        "lines": selectors.exports_of(officer, exhibit, now),
        "may_ask": selectors.may_ask(officer, exhibit, now),
        "refusal": refusal,
    }
    status = 409 if refusal else 422 if form is not None and form.errors else 200
    return render(request, "exports/exports.html", context, status=status)


def _export_or_404(request: HttpRequest, public_id: UUID) -> Export:
    found = selectors.export_for(officer_of(request), public_id, timezone.now())
    if found is None:
        raise Http404
    return found
