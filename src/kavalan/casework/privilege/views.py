"""The pages of what is privileged: counts for everybody, paths for the filter officer alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.approvals.selectors import asked_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.asked import exhibit_or_404
from kavalan.casework.exhibits.forms import item_number
from kavalan.casework.privilege import selectors
from kavalan.casework.privilege.approval_kinds import OPEN_PRIVILEGED
from kavalan.casework.privilege.forms import IdentifiersForm, item_numbers
from kavalan.casework.privilege.preview import would_seal
from kavalan.casework.privilege.services import ask_for_opening, look_at_sealed, open_privileged, supply_identifiers

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.exhibits.models import Exhibit


@require_http_methods(["GET", "HEAD", "POST"])
def privilege(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How much of an exhibit is sealed as privileged; who has a role there supplies identifiers."""
    shown = exhibit_or_404(request, public_id)
    form = IdentifiersForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, shown, form, 422 if form.errors else 200)
    if request.POST.get("do") != "seal":
        found, whole = would_seal(shown, form.lines)
        return _page(request, shown, form, 200, preview={"found": found, "whole": whole})
    try:
        supply_identifiers(officer_of(request), timezone.now(), exhibit=shown, identifiers=form.lines)
    except RefusedError as refusal:
        return _page(request, shown, form, 409, refusal=str(refusal))
    return redirect("privilege", public_id)


@require_safe
def sealed(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What is sealed, by number and path: the filter officer's, and recorded before it is shown."""
    shown = _filtered_or_404(request, public_id)
    return _sealed(request, shown, item_number(request.GET.get("after", "")))


@require_POST
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask a supervisor for ticked items to be opened."""
    shown, numbers = _filtered_or_404(request, public_id), item_numbers(request.POST)
    try:
        ask_for_opening(officer_of(request), timezone.now(), shown, numbers, request.POST.get("reason", ""))
    except RefusedError as refusal:
        return _sealed(request, shown, item_number(request.POST.get("after", "")), str(refusal), numbers)
    return redirect("privilege", public_id)


@require_POST
def open_items(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open the items for which the filter officer holds a grant."""
    shown, numbers = _filtered_or_404(request, public_id), item_numbers(request.POST)
    try:
        open_privileged(officer_of(request), shown.authority, shown, timezone.now(), numbers)
    except RefusedError as refusal:
        return _page(request, shown, IdentifiersForm(None), 409, refusal=str(refusal))
    return redirect("privilege", public_id)


def _filtered_or_404(request: HttpRequest, public_id: UUID) -> Exhibit:
    shown = exhibit_or_404(request, public_id)
    if not selectors.filters(officer_of(request), shown.compartment_ids(), timezone.now()):
        raise Http404
    return shown


def _page(
    request: HttpRequest,
    shown: Exhibit,
    form: IdentifiersForm,
    status: int,
    *,
    refusal: str = "",
    preview: dict[str, int | bool] | None = None,
) -> HttpResponse:
    officer, now = officer_of(request), timezone.now()
    context = {
        "exhibit": shown,
        "seals": selectors.seal_counts(shown),
        "filters": selectors.filters(officer, shown.compartment_ids(), now),
        "questions": asked_of(officer, OPEN_PRIVILEGED, shown, now),
        "form": form,
        "preview": preview,
        "refusal": refusal,
        "now": now,
    }
    return render(request, "privilege/privilege.html", context, status=status)


def _sealed(
    request: HttpRequest, shown: Exhibit, after: int, refusal: str = "", ticked: list[int] | None = None
) -> HttpResponse:
    try:
        look_at_sealed(officer_of(request), shown.authority, shown, timezone.now(), after)
    except RefusedError as closed:
        return _page(request, shown, IdentifiersForm(None), 409, refusal=str(closed))
    context = {
        "exhibit": shown,
        "page": selectors.sealed_items(shown, after),
        "after": after,
        "ticked": ticked or [],
        "reason": request.POST.get("reason", ""),
        "refusal": refusal,
    }
    return render(request, "privilege/sealed.html", context, status=409 if refusal else 200)
