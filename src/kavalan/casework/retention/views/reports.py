"""Holds on a report, and what somebody says against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.selectors import report_for
from kavalan.casework.retention import selectors
from kavalan.casework.retention.forms import ChallengeForm, DecisionForm
from kavalan.casework.retention.models import By, Decision
from kavalan.casework.retention.services import decide_challenge, hold_report, lift_hold, record_challenge

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.intake.models import Report


@require_safe
def report_retention(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who holds a report, what was said against it, what was purged of it."""
    return _page(request, _report_or_404(request, public_id))


@require_POST
def hold(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hold a report."""
    report = _report_or_404(request, public_id)
    try:
        hold_report(officer_of(request), timezone.now(), report=report, reason=request.POST.get("reason", ""))
    except RefusedError as refusal:
        return _page(request, report, str(refusal))
    return redirect("report-retention", public_id)


@require_POST
def lift(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Lift a hold."""
    found = selectors.hold_for(officer_of(request), public_id, timezone.now())
    if found is None:
        raise Http404
    try:
        lift_hold(officer_of(request), timezone.now(), hold=found, reason=request.POST.get("reason", ""))
    except RefusedError as refusal:
        return _page(request, found.report, str(refusal))
    return redirect("report-retention", found.report.public_id)


@require_POST
def challenge(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write down what somebody says against a report."""
    report, form = _report_or_404(request, public_id), ChallengeForm(request.POST)
    if not form.is_valid():
        return _page(request, report, form=form)
    said = form.cleaned_data | {"by": By(form.cleaned_data["by"])}
    try:
        record_challenge(officer_of(request), timezone.now(), report=report, **said)
    except RefusedError as refusal:
        return _page(request, report, str(refusal), form)
    return redirect("report-retention", public_id)


@require_POST
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Decide about a challenge."""
    found = selectors.challenge_for(officer_of(request), public_id, timezone.now())
    if found is None:
        raise Http404
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, found.report, deciding=form)
    said = form.cleaned_data | {"decision": Decision(form.cleaned_data["decision"])}
    try:
        decide_challenge(officer_of(request), timezone.now(), challenge=found, **said)
    except RefusedError as refusal:
        return _page(request, found.report, str(refusal))
    return redirect("report-retention", found.report.public_id)


def _page(
    request: HttpRequest,
    report: Report,
    refusal: str = "",
    form: ChallengeForm | None = None,
    deciding: DecisionForm | None = None,
) -> HttpResponse:
    context = {
        "report": report,
        "of": selectors.of_report(report),
        "supervises": selectors.supervises(officer_of(request), report, timezone.now()),
        "form": form or ChallengeForm(),
        "deciding": deciding or DecisionForm(auto_id="decide_%s"),
        "refusal": refusal,
    }
    status = 409 if refusal else 422 if form or deciding else 200
    return render(request, "retention/report.html", context, status=status)


def _report_or_404(request: HttpRequest, public_id: UUID) -> Report:
    found = report_for(officer_of(request), public_id, timezone.now())
    if found is None:
        raise Http404
    return found
