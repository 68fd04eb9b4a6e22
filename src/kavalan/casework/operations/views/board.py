"""The board of a search day, which asks for itself anew, and the closing report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.operations import services
from kavalan.casework.operations.asked import found_or_404, operation_or_404
from kavalan.casework.operations.closing_paper import closing_file
from kavalan.casework.operations.figures import DISTRICT_FIGURES, rows_of
from kavalan.casework.operations.forms import CloseForm
from kavalan.casework.operations.selectors.counting import counted
from kavalan.casework.operations.selectors.operations import board_of, closing_for, closings_of, lines_of, marking_of
from kavalan.casework.operations.working import LEADS, may

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from kavalan.casework.operations.models import Operation


@require_safe
def board(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How the search day stands, by district."""
    return _board(request, operation_or_404(request, public_id), "operations/board.html")


@require_safe
def now(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The part of the board that changes, for a page that is open."""
    return _board(request, operation_or_404(request, public_id), "operations/_board.html")


@require_safe
def report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Every figure of the operation with its definition, as it stands and as it was closed."""
    return _report(request, operation_or_404(request, public_id))


@require_safe
def paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A closing report as PDF/A."""
    shown = found_or_404(request, closing_for, public_id)
    try:
        file = closing_file(shown)
    except RefusedError as refusal:
        return _report(request, operation_or_404(request, shown.operation.public_id), str(refusal))
    name = f"{shown.operation.reference}-{shown.number}.pdf".replace("/", "-")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file, content_type="application/pdf", headers=headers)


@require_POST
def close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep the figures as the closing report."""
    shown, form = operation_or_404(request, public_id), CloseForm(request.POST)
    if not form.is_valid():
        return _report(request, shown, form=form)
    try:
        services.close_operation(
            officer_of(request), timezone.now(), operation=shown, remark=form.cleaned_data["remark"]
        )
    except RefusedError as refusal:
        return _report(request, shown, str(refusal))
    return redirect("operation-report", public_id)


def _board(request: HttpRequest, shown: Operation, template: str) -> HttpResponse:
    context = {
        "operation": shown,
        "here": "board",
        "board": board_of(shown),
        "figures": DISTRICT_FIGURES,
        "at": timezone.now(),
    }
    return render(request, template, context)


def _report(request: HttpRequest, shown: Operation, refusal: str = "", form: CloseForm | None = None) -> HttpResponse:
    at, counts, closings = timezone.now(), counted(shown), closings_of(shown)
    lines, _ = lines_of(counts, shown.unit_id)
    context = {
        "operation": shown,
        "here": "report",
        "rows": rows_of(counts, closings[0].figures if closings else None),
        "lines": lines,
        "figures": DISTRICT_FIGURES,
        "closings": closings,
        "changed": bool(closings) and closings[0].figures != counts,
        "may_close": may(officer_of(request), shown, LEADS, at) and bool(counts["sites"]),
        "form": form or CloseForm(),
        "refusal": refusal,
        "at": at,
        "marking": marking_of(shown).label,
    }
    return render(request, "operations/report.html", context, status=409 if refusal else 422 if form else 200)
