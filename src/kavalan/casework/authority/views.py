"""The pages of authorities, and of the overrides of an exhibit."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.authority import selectors
from kavalan.casework.authority.forms import OverrideForm, PaperForm, RecordForm
from kavalan.casework.authority.limits import limits
from kavalan.casework.authority.papers import is_oversized, most_megabytes, take
from kavalan.casework.authority.rules import Activity, Kind, giver_words
from kavalan.casework.authority.services import (
    add_paper,
    declare_override,
    record_authority,
    review_override,
    withdraw_authority,
)
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.asked import exhibit_or_404
from kavalan.casework.identities.selectors import identity_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.authority.models import Authority
    from kavalan.casework.exhibits.models import Exhibit


@require_safe
def authorities(request: HttpRequest) -> HttpResponse:
    """What the officer's unit was given, the newest first."""
    page = selectors.authority_page(officer_of(request), _uuid(request.GET.get("before", "")))
    return render(request, "authority/authorities.html", {"page": page, "now": timezone.now()})


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Record an authority; who gave a consent is chosen among the pseudonyms that the officer knows."""
    form = RecordForm(request.POST, request.FILES) if request.method == "POST" else RecordForm()
    known = identity_page(officer_of(request), timezone.now()).identities
    if _is_whole(request, form):
        try:
            made = _recorded(officer_of(request), form)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("authority", made.public_id)
    context = {"form": form, "known": known}
    return render(request, "authority/record.html", context, status=422 if form.errors else 200)


def _recorded(officer: Officer, form: RecordForm) -> Authority:
    said = form.cleaned_data
    return record_authority(
        officer,
        timezone.now(),
        kind=Kind(said["kind"]),
        reference=said["reference"].strip(),
        grounds=form.grounds,
        basis=form.basis,
        paper=take(said["file"]) if said["file"] else None,
    )


def _is_whole(request: HttpRequest, form: RecordForm | PaperForm) -> bool:
    """Whether all of what was sent arrived, and is in order."""
    if is_oversized(request):
        form.add_error("file", gettext("This is larger than %(most)d MB.") % {"most": most_megabytes()})
    return form.is_valid()


@require_safe
def authority(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One authority: what it permits, what it reaches, where its paper lies."""
    return _authority(request, _authority_or_404(request, public_id))


@require_POST
def paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add a file to an authority: its paper, or a later one."""
    shown, form = _authority_or_404(request, public_id), PaperForm(request.POST, request.FILES)
    if not _is_whole(request, form):
        return _authority(request, shown, form=form)
    said = form.cleaned_data
    try:
        taken = take(said["file"], said["title"].strip())
        add_paper(officer_of(request), timezone.now(), authority=shown, paper=taken)
    except RefusedError as refusal:
        return _authority(request, shown, str(refusal))
    return redirect("authority", public_id)


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


def _authority(
    request: HttpRequest, shown: Authority, refusal: str = "", form: PaperForm | None = None
) -> HttpResponse:
    context = {
        "authority": shown,
        "scope": selectors.scope_of(shown),
        "giver_words": gettext(giver_words(Kind(shown.kind))),
        "papers": selectors.papers_of(shown),
        "form": form or PaperForm(),
        "lapsing": selectors.lapsing(officer_of(request), timezone.now(), shown),
        "now": timezone.now(),
        "refusal": refusal,
    }
    status = 409 if refusal else 422 if form else 200
    return render(request, "authority/authority.html", context, status=status)


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
