"""The urgent lane: what nobody has acknowledged, and acknowledging it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.triage.forms import NoteForm
from kavalan.casework.triage.lane import lane_rules
from kavalan.casework.triage.selectors import urgent as selectors
from kavalan.casework.triage.services import acknowledge_urgent

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

_RECENT = 20


@require_safe
def urgent(request: HttpRequest) -> HttpResponse:
    """What waits for a named officer, senders in turn; what was acknowledged last."""
    officer, now = officer_of(request), timezone.now()
    rows = selectors.waiting(officer, now)
    context = {
        "waiting": rows[: selectors.MOST_SHOWN],
        "more": max(rows.count() - selectors.MOST_SHOWN, 0),
        "acknowledged": selectors.acknowledged(officer, now)[:_RECENT],
        "told_on": selectors.told_on_to(officer, now),
        "rules": lane_rules(),
        "now": now,
    }
    return render(request, "triage/urgent.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def urgent_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Why a report is urgent, line by line; a POST acknowledges it."""
    officer, now = officer_of(request), timezone.now()
    row = selectors.urgent_for(officer, public_id, now)
    if row is None:
        raise Http404
    form, refusal = NoteForm(request.POST if request.method == "POST" else None), ""
    if form.is_valid():
        try:
            acknowledge_urgent(officer, now, urgent=row, note=form.cleaned_data["note"])
        except RefusedError as error:
            refusal = str(error)
        else:
            return redirect("urgent-report", public_id)
    lines = [one for one in row.assessment.lines.urgent if one.floor.fact in row.floors]
    escalations = row.escalations.order_by("level")
    context = {"urgent": row, "lines": lines, "escalations": escalations, "form": form, "refusal": refusal, "now": now}
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "triage/urgent_report.html", context, status=status)
