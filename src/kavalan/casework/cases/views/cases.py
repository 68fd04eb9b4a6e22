"""The list of cases, opening one, its own page, and the unit's number series."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kavalan.casework.access.models import Role
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.selectors import holds
from kavalan.casework.accounts.session import officer_of
from kavalan.casework.cases import selectors
from kavalan.casework.cases.asked import case_or_404
from kavalan.casework.cases.forms import OpenCaseForm, PrintForm, SeriesForm
from kavalan.casework.cases.places import district_name, districts
from kavalan.casework.cases.query import ALL, OPEN, CasesQuery
from kavalan.casework.cases.rules import OVER, Marking, Stage
from kavalan.casework.cases.sections import sections_of
from kavalan.casework.cases.services import open_case, open_series, print_case
from kavalan.casework.cases.services.opening import OPENS
from kavalan.casework.cases.working import WORKS
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.selectors import exhibit_for
from kavalan.casework.intake.forms.queries import uuid_of
from kavalan.casework.intake.selectors import report_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.exhibits.models import Exhibit
    from kavalan.casework.intake.models import Report


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """The cases that are open to the officer, the newest first."""
    officer, now = officer_of(request), timezone.now()
    query = CasesQuery(request.GET)
    known = districts(officer.unit_id)
    page = selectors.case_page(officer, query, now)
    context = {
        "query": query,
        "page": page,
        "rows": [(case, known.get(case.district, case.district)) for case in page.cases],
        "stages": _stages(query, selectors.stage_counts(officer, query, now)),
        "districts": known.items(),
        "units": selectors.units_of(officer, now),
        "leads": selectors.leads_of(officer, now),
        "own": query.with_filter("mine", "1"),
        "everybodys": query.with_filter("mine", ""),
        "may_open": holds(officer, OPENS, now),
        "series": selectors.series_of(officer.unit_id),
    }
    return render(request, "cases/cases.html", context)


def _stages(query: CasesQuery, counts: Mapping[str, int]) -> list[tuple[str, str, str, bool, int | None]]:
    """Value, words, address, whether it is chosen, how many: of every stage at which there is a case."""
    ongoing = sum(count for stage, count in counts.items() if stage not in OVER)
    rows: list[tuple[str, str, int | None]] = [(OPEN, _("not over"), ongoing)]
    rows += [(stage.value, str(stage.label), counts[stage]) for stage in Stage if counts.get(stage)]
    rows += [(ALL, _("all, merged ones too"), None)]
    return [
        (value, words, query.with_filter("stage", value), value == query.stage, count) for value, words, count in rows
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def new_case(request: HttpRequest) -> HttpResponse:
    """Open a case."""
    officer, now = officer_of(request), timezone.now()
    joined, asked = _beginning(request)
    form = OpenCaseForm(request.POST if request.method == "POST" else None, districts(officer.unit_id))
    if form.is_valid():
        try:
            made = open_case(officer, now, **form.cleaned_data, joined=joined)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("case", made.public_id)
    context = {
        "form": form,
        "joined": joined,
        "asked": asked,
        "may_open": holds(officer, OPENS, now),
        "series": selectors.series_of(officer.unit_id),
    }
    return render(request, "cases/open.html", context, status=422 if form.errors else 200)


def _beginning(request: HttpRequest) -> tuple[Report | Exhibit | None, str]:
    """With what a case begins, as the address names it, and that part of the address."""
    officer, now = officer_of(request), timezone.now()
    found: Report | Exhibit | None = None
    for name, seen in (("report", report_for), ("exhibit", exhibit_for)):
        public_id = uuid_of(request.GET.get(name, ""))
        if public_id is None:
            continue
        found = seen(officer, public_id, now)
        if found is None:
            raise Http404
        return found, f"{name}={public_id}"
    return None, ""


@require_http_methods(["GET", "HEAD", "POST"])
def series(request: HttpRequest) -> HttpResponse:
    """The number series of the officer's unit; a supervisor opens it."""
    officer, now = officer_of(request), timezone.now()
    form = SeriesForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            open_series(officer, now, prefix=form.cleaned_data["letters"])
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("case-series")
    context = {
        "form": form,
        "series": selectors.series_of(officer.unit_id),
        "supervises": holds(officer, [OfficerRole.SUPERVISOR], now),
    }
    return render(request, "cases/series.html", context, status=422 if form.errors else 200)


@require_safe
def case(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One case, to be read from top to bottom."""
    return render(request, "cases/case.html", _told(request, public_id))


@require_http_methods(["GET", "HEAD", "POST"])
def printed(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The same for paper: no ways to go on, the handling mark above it, and who printed it when.

    A case that is for named persons only asks first for whom it is printed, and the ledger keeps that.
    """
    shown = case_or_404(request, public_id)
    form = PrintForm(request.POST if request.method == "POST" else None)
    if shown.marking == Marking.RED:
        if form.is_valid():
            try:
                print_case(officer_of(request), timezone.now(), case=shown, reason=form.cleaned_data["reason"])
            except RefusedError as refusal:  # its mark was changed, or it was closed to the officer, a moment ago
                form.add_error(None, str(refusal))
        if not form.is_bound or form.errors:
            status = 422 if form.errors else 200
            return render(request, "cases/before_print.html", {"case": shown, "form": form}, status=status)
    context = {**_told(request, public_id), "works": False, "supervises": False, "now": timezone.now()}
    return render(request, "cases/print.html", context)


def _told(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    officer, now = officer_of(request), timezone.now()
    shown = case_or_404(request, public_id)
    reasons = selectors.reasons(officer, shown, now)
    # A merged case is read; it is worked on where it goes on.
    roles = {grant.role for grant in reasons} if shown.merged_into_id is None else set()
    return {
        "case": shown,
        "district": district_name(shown.unit_id, shown.district),
        "reasons": reasons,
        "works": bool(roles & WORKS),
        "supervises": Role.SUPERVISOR in roles,
        "sections": sections_of(officer, shown, now),
    }
