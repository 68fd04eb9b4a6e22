"""The list of operations, one operation, and opening one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kavalan.casework.access.selectors import grants_in
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.selectors import holds
from kavalan.casework.accounts.session import officer_of
from kavalan.casework.cases.models import Series
from kavalan.casework.cases.places import districts
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.forms.queries import uuid_of
from kavalan.casework.operations import services
from kavalan.casework.operations.asked import operation_or_404
from kavalan.casework.operations.forms import CaseForm, DayForm, LetInForm, OpenForm, TeamsForm
from kavalan.casework.operations.selectors import operations as read
from kavalan.casework.operations.selectors import sites, teams
from kavalan.casework.operations.working import LEADS, WORKS

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.operations.models import Operation


@require_safe
def operations(request: HttpRequest) -> HttpResponse:
    """The operations that the officer may see."""
    officer, now = officer_of(request), timezone.now()
    before = uuid_of(request.GET.get("before", ""))
    context = {
        "page": read.operation_page(officer, now, before),
        "earlier": before,
        "may_open": holds(officer, [OfficerRole.SUPERVISOR], now),
    }
    return render(request, "operations/operations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Open an operation."""
    officer, now = officer_of(request), timezone.now()
    if not holds(officer, [OfficerRole.SUPERVISOR], now):
        raise Http404
    form = OpenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = services.open_operation(officer, now, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("operation", made.public_id)
    context = {"form": form, "has_series": Series.objects.filter(unit=officer.unit_id).exists()}
    return render(request, "operations/open.html", context, status=422 if form.errors else 200)


@require_safe
def operation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One operation: its day, its cases, its teams, and who was let in."""
    return operation_page(request, operation_or_404(request, public_id))


def operation_page(request: HttpRequest, shown: Operation, refusal: str = "", **forms: Form) -> HttpResponse:
    """The page of an operation; with a refusal or a form it answers to what was asked there."""
    officer, now = officer_of(request), timezone.now()
    reasons = list(grants_in(officer, [shown.compartment_id], now))
    joined, closed = read.joined_cases(shown, officer, now)
    addable = read.cases_to_add(shown, officer, now)
    context: dict[str, Any] = {
        "operation": shown,
        "here": "operation",
        "reasons": reasons,
        "leads": any(grant.role in LEADS for grant in reasons),
        "works": any(grant.role in WORKS for grant in reasons),
        "counts": sites.site_counts(shown, officer),
        "left": sites.sites_left(shown, officer),
        "joined": joined,
        "others": closed,
        "districts": districts(shown.unit_id),
        "addable": addable,
        "teams": list(teams.teams_of(shown)),
        "to_let_in": teams.to_let_in(shown, now),
        "grants": teams.let_in(shown, now),
        "dating": DayForm(initial={"day": shown.day}, auto_id="day_%s"),
        "adding": CaseForm(None, addable),
        "letting": LetInForm(None),
        "letting_teams": TeamsForm(auto_id="teams_%s"),
        "refusal": refusal,
    }
    return render(
        request, "operations/operation.html", context | forms, status=409 if refusal else 422 if forms else 200
    )
