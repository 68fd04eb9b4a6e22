"""The daily slice of the low end: metadata only, and what was missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.triage.forms import SliceForm
from kavalan.casework.triage.lane import lane_rules
from kavalan.casework.triage.rules import SliceAnswer
from kavalan.casework.triage.selectors import slice as selectors
from kavalan.casework.triage.services import answer_slice

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_safe
def slices(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, the figures, and what was missed."""
    officer, now = officer_of(request), timezone.now()
    context = {
        "waiting": selectors.to_answer(officer, now)[: selectors.MOST_SHOWN],
        "figures": selectors.figures(officer, now),
        "misses": selectors.misses(officer, now),
        "rules": lane_rules().slice,
    }
    return render(request, "triage/slice.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def drawn(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A report that was drawn: what is known about it, never what it says; a POST answers."""
    officer, now = officer_of(request), timezone.now()
    row = selectors.drawn_for(officer, public_id, now)
    if row is None:
        raise Http404
    form, refusal = SliceForm(request.POST if request.method == "POST" else None), ""
    if form.is_valid():
        said = form.cleaned_data
        try:
            answer_slice(officer, now, drawn=row, answer=SliceAnswer(said["answer"]), reason=said["reason"])
        except RefusedError as error:
            refusal = str(error)
        else:
            return redirect("slice")
    context = {
        "drawn": row,
        "report": row.report,
        "assessed": row.assessment,
        "persons": row.report.persons.count(),
        "files": row.report.files.count(),
        "form": form,
        "refusal": refusal,
    }
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "triage/drawn.html", context, status=status)
