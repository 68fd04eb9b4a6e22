"""One report: every line of every look, what resembles it, where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.selectors import report_for
from kavalan.casework.triage import services
from kavalan.casework.triage.forms import AnswerForm
from kavalan.casework.triage.rules import FACT_WORDS
from kavalan.casework.triage.selectors import alike, reports

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.intake.models import Report


@require_http_methods(["GET", "HEAD", "POST"])
def report_triage(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Every line of every look; a POST answers a fact."""
    report = _report_or_404(request, public_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            services.answer_fact(
                officer_of(request),
                timezone.now(),
                report=report,
                fact=said["fact"],
                answer=form.answered,
                reason=said["reason"],
            )
        except RefusedError as refusal:
            return _page(request, report, str(refusal))
        return redirect("report-triage", public_id)
    return _page(request, report, form=form if form.is_bound else None)


@require_POST
def move_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a report, give it back, set it aside or open it again."""
    report = _report_or_404(request, public_id)
    try:
        _move(officer_of(request), report, request.POST.get("to", ""), request.POST.get("reason", ""))
    except RefusedError as refusal:
        return _page(request, report, str(refusal))
    return redirect("report-triage", public_id)


@require_POST
def change_duplicate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that a report is not the same as the first one, or that it is after all."""
    officer, now = officer_of(request), timezone.now()
    mark = alike.duplicate_for(officer, public_id, now)
    if mark is None:
        raise Http404
    verb = services.undo_duplicate if mark.in_force else services.put_back_duplicate
    try:
        verb(officer, now, duplicate=mark, reason=request.POST.get("reason", ""))
    except RefusedError as refusal:
        return _page(request, mark.report, str(refusal))
    return redirect("report-triage", mark.report.public_id)


@require_POST
def change_bundled(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a report out of a bundle, or put it back."""
    officer, now = officer_of(request), timezone.now()
    bundled = alike.bundled_for(officer, public_id, now)
    if bundled is None:
        raise Http404
    verb = services.take_out_of_bundle if bundled.in_force else services.put_back_in_bundle
    try:
        verb(officer, now, bundled=bundled, reason=request.POST.get("reason", ""))
    except RefusedError as refusal:
        return _page(request, bundled.report, str(refusal))
    return redirect("report-triage", bundled.report.public_id)


def _move(officer: Officer, report: Report, to: str, reason: str) -> None:
    now = timezone.now()
    if to == "take":
        services.take_report(officer, now, report=report)
        return
    verbs = {
        "give_back": services.give_back_report,
        "set_aside": services.set_aside_report,
        "reopen": services.reopen_report,
    }
    if to not in verbs:
        raise RefusedError("A report is taken, given back, set aside or opened again.")
    verbs[to](officer, now, report=report, reason=reason)


def _page(request: HttpRequest, report: Report, refusal: str = "", form: AnswerForm | None = None) -> HttpResponse:
    officer, now = officer_of(request), timezone.now()
    report.refresh_from_db()
    looks = reports.looks_at(report)
    context = {
        "report": report,
        "looks": looks,
        "newest": looks[0] if looks else None,
        "answers": [(FACT_WORDS.get(one.fact, one.fact), one) for one in reports.answers_of(report)],
        "moves": report.moves.select_related("by").order_by("-pk"),
        "alike": alike.alike(officer, report, now),
        "form": form or AnswerForm(),
        "refusal": refusal,
        "now": now,
    }
    status = 409 if refusal else 422 if form else 200
    return render(request, "triage/report.html", context, status=status)


def _report_or_404(request: HttpRequest, public_id: UUID) -> Report:
    found = report_for(officer_of(request), public_id, timezone.now())
    if found is None:
        raise Http404
    return found
