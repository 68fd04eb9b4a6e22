"""What changes an operation itself: its day, its cases, who is let in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.accounts.session import officer_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.operations import services
from kavalan.casework.operations.asked import found_or_404, operation_or_404
from kavalan.casework.operations.forms import CaseForm, DayForm, LetInForm, TeamsForm
from kavalan.casework.operations.selectors.operations import cases_to_add, joined_for
from kavalan.casework.operations.views.operations import operation_page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_POST
def day(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Set the day of the search, or move it."""
    shown, form = operation_or_404(request, public_id), DayForm(request.POST, auto_id="day_%s")
    if not form.is_valid():
        return operation_page(request, shown, dating=form)
    try:
        services.set_day(officer_of(request), timezone.now(), operation=shown, **form.cleaned_data)
    except RefusedError as refusal:
        return operation_page(request, shown, str(refusal))
    return redirect("operation", public_id)


@require_POST
def case(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put a case into the operation."""
    shown, officer, now = operation_or_404(request, public_id), officer_of(request), timezone.now()
    form = CaseForm(request.POST, cases_to_add(shown, officer, now))
    if not form.is_valid():
        return operation_page(request, shown, adding=form)
    try:
        services.add_case(officer, now, operation=shown, case=form.chosen)
    except RefusedError as refusal:
        return operation_page(request, shown, str(refusal))
    return redirect("operation", public_id)


@require_POST
def end_case(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a case out of the operation."""
    joined = found_or_404(request, joined_for, public_id)
    try:
        services.end_case(officer_of(request), timezone.now(), joined=joined, reason=request.POST.get("reason", ""))
    except RefusedError as refusal:
        return operation_page(request, joined.operation, str(refusal))
    return redirect("operation", joined.operation.public_id)


@require_POST
def let_in(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let an officer of any unit in, or everybody of a unit."""
    shown, form = operation_or_404(request, public_id), LetInForm(request.POST)
    if not form.is_valid():
        return operation_page(request, shown, letting=form)
    said = form.cleaned_data
    try:
        grant(
            officer_of(request),
            timezone.now(),
            compartment=shown.compartment,
            to=form.chosen,
            role=Role(said["role"]),
            until=said["until"],
        )
    except RefusedError as refusal:
        return operation_page(request, shown, str(refusal))
    return redirect("operation", public_id)


@require_POST
def teams(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let everybody of the teams in who is an officer of this desk."""
    shown, form = operation_or_404(request, public_id), TeamsForm(request.POST, auto_id="teams_%s")
    if not form.is_valid():
        return operation_page(request, shown, letting_teams=form)
    try:
        services.let_teams_in(officer_of(request), timezone.now(), operation=shown, until=form.cleaned_data["until"])
    except RefusedError as refusal:
        return operation_page(request, shown, str(refusal))
    return redirect("operation", public_id)
