"""The pages of what is kept: of the whole vault, of one exhibit, of one destruction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kavalan.casework.accounts.selectors import holds
from kavalan.casework.accounts.session import officer_of
from kavalan.casework.approvals.selectors import asked_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.asked import exhibit_or_404
from kavalan.casework.exhibits.selectors import may_examine, reasons
from kavalan.casework.safekeeping import selectors
from kavalan.casework.safekeeping.approval_kinds import DESTROY_EVIDENCE
from kavalan.casework.safekeeping.forms import WayForm
from kavalan.casework.safekeeping.services import (
    ask_for_destruction,
    cancel_keeping,
    destroy_evidence,
    keep_exhibit,
    resume_destruction,
)
from kavalan.casework.vault.rules import budget_of
from kavalan.casework.vault.services import MAY_CANCEL, cancel_rehash
from kavalan.casework.vault.standing import standing

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.exhibits.models import Exhibit
    from kavalan.casework.safekeeping.models import Destruction


@require_safe
def vault_page(request: HttpRequest) -> HttpResponse:
    """How much is kept, whether all of it was read again, and what is wrong; names only of what one may see."""
    return _vault(request)


@require_POST
def cancel_night(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Stop a night's reading."""
    rehash = selectors.rehash_for(public_id)
    if rehash is None:
        raise Http404
    try:
        cancel_rehash(officer_of(request), timezone.now(), rehash=rehash)
    except RefusedError as refusal:
        return _vault(request, str(refusal))
    return redirect("vault")


@require_http_methods(["GET", "HEAD", "POST"])
def safekeeping(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What is kept of an exhibit and how it stands; an examiner has it kept."""
    shown = exhibit_or_404(request, public_id)
    if request.method != "POST":
        return exhibit_page(request, shown)
    form = WayForm(request.POST)
    if not form.is_valid():
        return exhibit_page(request, shown, form=form, status=422)
    try:
        keep_exhibit(officer_of(request), shown.authority, shown, timezone.now(), way=form.chosen)
    except RefusedError as refusal:
        return exhibit_page(request, shown, str(refusal), form)
    return redirect("safekeeping", public_id)


@require_safe
def progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far the copying or reading is: a fragment that the page asks for again and again."""
    shown = exhibit_or_404(request, public_id)
    context = {"exhibit": shown, "keeping": selectors.latest_of(shown), "watched": True}
    return render(request, "safekeeping/_progress.html", context)


@require_POST
def cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Stop the copying or the reading."""
    shown = exhibit_or_404(request, public_id)
    keeping = selectors.latest_of(shown)
    if keeping is None:
        raise Http404
    try:
        cancel_keeping(officer_of(request), timezone.now(), keeping=keeping)
    except RefusedError as refusal:
        return exhibit_page(request, shown, str(refusal))
    return redirect("safekeeping", public_id)


@require_POST
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask a custodian to grant that what is kept is destroyed."""
    shown = exhibit_or_404(request, public_id)
    try:
        ask_for_destruction(officer_of(request), timezone.now(), shown, request.POST.get("reason", ""))
    except RefusedError as refusal:
        return exhibit_page(request, shown, str(refusal))
    return redirect("safekeeping", public_id)


@require_POST
def destroy(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Destroy it, on the grant."""
    shown = exhibit_or_404(request, public_id)
    try:
        decided = destroy_evidence(officer_of(request), timezone.now(), exhibit=shown)
    except RefusedError as refusal:
        return exhibit_page(request, shown, str(refusal))
    return redirect("destruction", decided.public_id)


@require_safe
def destruction(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The certificate of a destruction, to be printed."""
    return _certificate(request, _destruction_or_404(request, public_id))


@require_POST
def resume(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Go on with a destruction that did not come to its end."""
    shown = _destruction_or_404(request, public_id)
    try:
        resume_destruction(officer_of(request), timezone.now(), destruction=shown)
    except RefusedError as refusal:
        return _certificate(request, shown, str(refusal))
    return redirect("destruction", public_id)


def exhibit_page(
    request: HttpRequest, shown: Exhibit, refusal: str = "", form: WayForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of what is kept of an exhibit; with a refusal it answers to something that was asked for."""
    officer, now = officer_of(request), timezone.now()
    context = {
        "exhibit": shown,
        "keeping": selectors.latest_of(shown),
        "stands": selectors.stand(selectors.kept_of(shown)),
        "days": settings.KAVALAN_VERIFY_DAYS,
        "may_examine": may_examine(reasons(officer, shown, now)),
        "supervises": selectors.supervises(officer, shown, now),
        "questions": asked_of(officer, DESTROY_EVIDENCE, shown, now),
        "destructions": shown.destructions.order_by("-pk"),
        "form": form or WayForm(None),
        "refusal": refusal,
        "now": now,
    }
    return render(request, "safekeeping/safekeeping.html", context, status=409 if refusal else status)


def _vault(request: HttpRequest, refusal: str = "") -> HttpResponse:
    officer, now = officer_of(request), timezone.now()
    kept, days = standing(settings.KAVALAN_WORKSPACE), settings.KAVALAN_VERIFY_DAYS
    context = {
        "kept": kept,
        "days": days,
        "whole": kept is not None and kept.all_verified_within(days, now),
        "budget": budget_of(kept.size if kept else 0, days, settings.KAVALAN_REHASH_GIB),
        "night": settings.KAVALAN_NIGHT.split("-"),
        "overview": selectors.overview(officer, now),
        "may_cancel": holds(officer, MAY_CANCEL, now),
        "refusal": refusal,
    }
    return render(request, "safekeeping/vault.html", context, status=409 if refusal else 200)


def _certificate(request: HttpRequest, shown: Destruction, refusal: str = "") -> HttpResponse:
    context = {
        "destruction": shown,
        "destroyed": shown.destroyed.select_related("kept__kept_by").order_by("pk"),
        "supervises": selectors.supervises(officer_of(request), shown.exhibit, timezone.now()),
        "refusal": refusal,
    }
    return render(request, "safekeeping/destruction.html", context, status=409 if refusal else 200)


def _destruction_or_404(request: HttpRequest, public_id: UUID) -> Destruction:
    found = selectors.destruction_for(officer_of(request), public_id, timezone.now())
    if found is None:
        raise Http404
    return found
