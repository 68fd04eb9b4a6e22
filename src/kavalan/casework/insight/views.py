"""The pages of figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.cases.asked import case_or_404
from kavalan.casework.cases.family import goes_on_in
from kavalan.casework.errors import RefusedError
from kavalan.casework.insight.definitions import definitions
from kavalan.casework.insight.forms import SafeguardForm, WithdrawForm
from kavalan.casework.insight.pages import MARKING, page_of, table_of
from kavalan.casework.insight.query import Query
from kavalan.casework.insight.selectors import safeguarded_for, safeguarded_in
from kavalan.casework.insight.services import record_safeguarded, withdraw_safeguarded
from kavalan.casework.insight.sight import sight_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from kavalan.casework.cases.models import Case
    from kavalan.casework.insight.pages import Page


@require_safe
def insight(request: HttpRequest) -> HttpResponse:
    """The figures of a year, by district and by unit, each with its definition; who may see none is told who may."""
    asked = _asked(request)
    if asked is None:
        return render(request, "insight/closed.html")
    query, page = asked
    context = {"query": query, "page": page, "definitions": definitions(), "marking": MARKING.label}
    return render(request, "insight/insight.html", context)


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The same figures as CSV."""
    asked = _asked(request)
    if asked is None:
        raise Http404
    query, page = asked
    headers = {"Content-Disposition": f'attachment; filename="kavalan-figures-{query.year}-{query.of}.csv"'}
    return HttpResponse(table_of(page, query), content_type="text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def safeguarded(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The children of a case who were brought to safety, by pseudonym, and recording one."""
    case = case_or_404(request, public_id)
    form = SafeguardForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            record_safeguarded(officer_of(request), timezone.now(), case=case, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("safeguarded", public_id)
    return _safeguarded(request, case, form, 422 if form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Withdraw what was recorded wrongly."""
    officer, now = officer_of(request), timezone.now()
    row = safeguarded_for(officer, public_id, now)
    if row is None:
        raise Http404
    case, form = goes_on_in(row.case), WithdrawForm(request.POST)
    if form.is_valid():
        try:
            withdraw_safeguarded(officer, now, row=row, reason=form.cleaned_data["reason"])
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("safeguarded", case.public_id)
    return _safeguarded(request, case, SafeguardForm(None), 422, form)


def _safeguarded(
    request: HttpRequest, case: Case, form: SafeguardForm, status: int, wrong: WithdrawForm | None = None
) -> HttpResponse:
    context = {"case": case, "rows": safeguarded_in(case), "form": form, "wrong": wrong}
    return render(request, "insight/safeguarded.html", context, status=status)


def _asked(request: HttpRequest) -> tuple[Query, Page] | None:
    officer, now = officer_of(request), timezone.now()
    sight = sight_of(officer, now)
    if not sight.unit:
        return None
    query = Query(request.GET, sight, now)
    return query, page_of(officer, query, now)
