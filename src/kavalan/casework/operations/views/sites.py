"""The sites of an operation, and one site: what is told of it, what was seized there, its warrant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.cases.places import district_name, districts
from kavalan.casework.cases.selectors import visible_cases
from kavalan.casework.errors import RefusedError
from kavalan.casework.operations import services
from kavalan.casework.operations.asked import found_or_404, operation_or_404, site_or_404
from kavalan.casework.operations.forms import AuthorityForm, CorrectForm, PlanForm, SeizureForm, TellForm
from kavalan.casework.operations.query import SitesQuery
from kavalan.casework.operations.rules import TOLD, State
from kavalan.casework.operations.selectors import sites as read
from kavalan.casework.operations.selectors.teams import teams_of
from kavalan.casework.operations.working import LEADS, WORKS, may

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.operations.models import Site


@require_safe
def sites(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The sites of an operation, in the order in which they were taken in."""
    shown, officer, now = operation_or_404(request, public_id), officer_of(request), timezone.now()
    query = SitesQuery(request.GET)
    names = districts(shown.unit_id)
    context = {
        "operation": shown,
        "here": "sites",
        "query": query,
        "counts": read.site_counts(shown, officer),
        "page": read.site_page(shown, officer, query),
        "districts": names,
        "district": names.get(query.district, query.district),
        "leads": may(officer, shown, LEADS, now),
    }
    return render(request, "operations/sites.html", context)


@require_safe
def site(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One site, as whoever searches it needs it."""
    return _page(request, site_or_404(request, public_id))


@require_POST
def tell(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Tell what happened at a site."""
    shown, form = site_or_404(request, public_id), TellForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, telling=form)
    said = form.cleaned_data
    what = State(said["what"])
    # One form for all of it: a number that was typed beside another button than the arrest's is not meant.
    persons = (said["persons"] or 0) if what == State.ARRESTED else 0
    try:
        services.enter_state(
            officer_of(request), timezone.now(), site=shown, what=what, moment=said["at"], persons=persons
        )
    except RefusedError as refusal:
        return _page(request, shown, str(refusal))
    return redirect("site", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Plan a site otherwise."""
    shown, officer, now = site_or_404(request, public_id), officer_of(request), timezone.now()
    form = PlanForm(request.POST if request.method == "POST" else None, shown, list(teams_of(shown.operation)))
    if form.is_valid():
        try:
            services.change_site(officer, now, site=shown, plan=form.plan, reason=form.cleaned_data["reason"])
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("site", public_id)
    context = {"site": shown, "form": form, "leads": may(officer, shown.operation, LEADS, now)}
    return render(request, "operations/change.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put another entry in place of one that was wrong, or take it back."""
    entry = found_or_404(request, read.entry_for, public_id)
    before = {"what": entry.what, "at": entry.at, "persons": entry.persons or None}
    form = CorrectForm(request.POST if request.method == "POST" else None, initial=before)
    if form.is_valid():
        said = form.cleaned_data
        try:
            services.correct_state(
                officer_of(request),
                timezone.now(),
                entry=entry,
                what=State(said["what"]),
                moment=said["at"],
                persons=(said["persons"] or 0) if said["what"] == State.ARRESTED else 0,
                reason=said["reason"],
            )
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("site", entry.site.public_id)
    context = {"entry": entry, "site": entry.site, "form": form}
    return render(request, "operations/correct.html", context, status=422 if form.errors else 200)


@require_POST
def link(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that a seizure was made at a site."""
    shown, officer, now = site_or_404(request, public_id), officer_of(request), timezone.now()
    form = SeizureForm(request.POST, read.seizures_to_link(officer, now))
    if not form.is_valid():
        return _page(request, shown, linking=form)
    try:
        services.link_seizure(officer, now, site=shown, seizure=form.chosen)
    except RefusedError as refusal:
        return _page(request, shown, str(refusal))
    return redirect("site", public_id)


@require_POST
def end_link(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that a seizure was not made at a site after all."""
    linked = found_or_404(request, read.link_for, public_id)
    try:
        services.end_seizure(officer_of(request), timezone.now(), link=linked, reason=request.POST.get("reason", ""))
    except RefusedError as refusal:
        return _page(request, site_or_404(request, linked.site.public_id), str(refusal))
    return redirect("site", linked.site.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def warrant(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A warrant of the operation and its sites; it is said which recorded authority it is."""
    shown, officer = found_or_404(request, read.warrant_for, public_id), officer_of(request)
    authorities = read.authorities_to_link(officer)
    form = AuthorityForm(request.POST if request.method == "POST" else None, authorities)
    if form.is_valid():
        try:
            services.link_warrant(officer, timezone.now(), warrant=shown, authority=form.chosen)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("link-warrant", public_id)
    context = {
        "warrant": shown,
        "operation": shown.operation,
        "sites": shown.sites.order_by("pk")[: read.MOST_SHOWN],
        "form": form,
        "authorities": authorities,
        "works": may(officer, shown.operation, WORKS, timezone.now()),
    }
    return render(request, "operations/warrant.html", context, status=422 if form.errors else 200)


def _page(request: HttpRequest, shown: Site, refusal: str = "", **forms: Form) -> HttpResponse:
    officer, now = officer_of(request), timezone.now()
    linked, others = read.linked_to(shown, officer, now)
    linkable = read.seizures_to_link(officer, now)
    context: dict[str, Any] = {
        "site": shown,
        "operation": shown.operation,
        "district": district_name(shown.operation.unit_id, shown.district),
        "case": visible_cases(officer, now).filter(pk=shown.case_id).first() if shown.case_id else None,
        "team": teams_of(shown.operation).filter(pk=shown.team_id).first() if shown.team_id else None,
        "changes": shown.changes.select_related("team", "by").order_by("-pk"),
        "leads": may(officer, shown.operation, LEADS, now),
        "entries": read.entries_of(shown),
        "works": may(officer, shown.operation, WORKS, now),
        "states": TOLD,
        "telling": TellForm(initial={"at": now}),
        "linked": linked,
        "others": others,
        "linkable": linkable,
        "linking": SeizureForm(None, linkable),
        "refusal": refusal,
    }
    return render(request, "operations/site.html", context | forms, status=409 if refusal else 422 if forms else 200)
