"""The pages of authorities, and of the overrides of an exhibit."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.authority import selectors
from kavalan.casework.authority.forms import OverrideForm, RecordForm
from kavalan.casework.authority.limits import limits
from kavalan.casework.authority.rules import Activity, Kind, giver_words
from kavalan.casework.authority.services import (
    declare_override,
    record_authority,
    review_override,
    withdraw_authority,
)
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.asked import exhibit_or_404

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.authority.models import Authority
    from kavalan.casework.exhibits.models import Exhibit


@require_safe
def authorities(request: HttpRequest) -> HttpResponse:
    """What the officer's unit was given, the newest first."""
    page = selectors.authority_page(officer_of(request), _uuid(request.GET.get("before", "")))
    return render(request, "authority/authorities.html", {"page": page, "now": timezone.now()})


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Record an authority."""
    form = RecordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        kind, reference = Kind(form.cleaned_data["kind"]), form.cleaned_data["reference"].strip()
        try:
            made = record_authority(
                officer_of(request),
                timezone.now(),
                kind=kind,
                reference=reference,
                grounds=form.grounds,
                basis=form.basis,
            )
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("authority", made.public_id)
    return render(request, "authority/record.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def authority(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One authority: what it permits, what it reaches, where its paper lies."""
    return _authority(request, _authority_or_404(request, public_id))


@require_POST
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record that an authority was withdrawn."""
    shown = _authority_or_404(request, public_id)
    try:
        withdraw_authority(officer_of(request), timezone.now(), authority=shown, reason=request.POST.get("reason", ""))
    except RefusedError as refusal:
        return _authority(request, shown, str(refusal))
    return redirect("authority", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def overrides(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The overrides of an exhibit; a supervisor there declares one."""
    shown = exhibit_or_404(request, public_id)
    form = OverrideForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _overrides(request, shown, form, 422 if form.errors else 200)
    said = form.cleaned_data
    try:
        declare_override(
            officer_of(request),
            timezone.now(),
            exhibit=shown,
            activity=Activity(said["activity"]),
            reason=said["reason"],
        )
    except RefusedError as refusal:
        form.add_error(None, str(refusal))
        return _overrides(request, shown, form, 409)
    return redirect("overrides", public_id)


@require_POST
def review(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Approve or reject another supervisor's override of an exhibit."""
    shown = exhibit_or_404(request, public_id)
    named = _uuid(request.POST.get("override", ""))
    override = shown.overrides.filter(public_id=named).first() if named else None
    if override is None:
        raise Http404
    approved, reason = request.POST.get("answer") == "approve", request.POST.get("reason", "")
    try:
        review_override(officer_of(request), timezone.now(), override=override, approved=approved, reason=reason)
    except RefusedError as refusal:
        form = OverrideForm(None)
        return _overrides(request, shown, form, 409, str(refusal))
    return redirect("overrides", public_id)


def _authority(request: HttpRequest, shown: Authority, refusal: str = "") -> HttpResponse:
    context = {
        "authority": shown,
        "scope": selectors.scope_of(shown),
        "giver_words": giver_words(Kind(shown.kind)),
        "lapsing": selectors.lapsing(officer_of(request), timezone.now(), shown),
        "now": timezone.now(),
        "refusal": refusal,
    }
    return render(request, "authority/authority.html", context, status=409 if refusal else 200)


def _overrides(
    request: HttpRequest, shown: Exhibit, form: OverrideForm, status: int, refusal: str = ""
) -> HttpResponse:
    now = timezone.now()
    context = {
        "exhibit": shown,
        "form": form,
        "overrides": shown.overrides.select_related("declared_by", "reviewed_by").order_by("-pk"),
        "officer": officer_of(request),
        "stopped": selectors.overrides_stopped(shown.authority.unit_id, now),
        "limits": limits(),
        "now": now,
        "refusal": refusal,
    }
    return render(request, "authority/overrides.html", context, status=status)


def _authority_or_404(request: HttpRequest, public_id: UUID) -> Authority:
    found = selectors.authority_for(officer_of(request), public_id)
    if found is None:
        raise Http404
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
