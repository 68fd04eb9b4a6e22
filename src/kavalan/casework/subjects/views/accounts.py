"""The pages on which accounts are linked to a subject, corrected, split and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.subjects.asked import link_or_404, subject_or_404
from kavalan.casework.subjects.forms import ClaimForm, LinkForm, Things
from kavalan.casework.subjects.selectors import subjects as selectors
from kavalan.casework.subjects.selectors.signs import gaps_of
from kavalan.casework.subjects.services import correct_account, end_account, link_account, split_account
from kavalan.casework.subjects.views.pages import account_page, tried

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Link one more account."""
    subject, officer, now = subject_or_404(request, public_id), officer_of(request), timezone.now()
    cases = selectors.cases_of(subject, officer, now)
    reports = selectors.reports_in(cases, officer, now)
    things = Things(reports, selectors.exhibits_in(cases, officer, now))
    form = LinkForm(request.POST if request.method == "POST" else None, selectors.offered_in(reports), things)
    refusal = ""
    if form.is_valid():
        one, rests_on = form.chosen
        claim = form.claim
        refusal = tried(
            lambda: link_account(officer, now, subject=subject, account=one, claim=claim, rests_on=rests_on)
        )
        if not refusal:
            return redirect("subject", subject.public_id)
    context = {"subject": subject, "form": form, "refusal": refusal}
    return render(request, "subjects/link.html", context, status=409 if refusal else 422 if form.errors else 200)


@require_safe
def account(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One account of a subject."""
    return account_page(request, link_or_404(request, public_id))


@require_POST
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say anew from when until when it is theirs, how surely, and why."""
    link, form = link_or_404(request, public_id), ClaimForm(request.POST)
    if not form.is_valid():
        return account_page(request, link, form=form)
    refusal = tried(lambda: correct_account(officer_of(request), timezone.now(), link=link, claim=form.claim))
    return account_page(request, link, refusal) if refusal else redirect("subject", link.subject.public_id)


@require_POST
def split(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Split it at a gap in which it may have passed to another holder."""
    link, officer, now = link_or_404(request, public_id), officer_of(request), timezone.now()
    chosen = [gap for gap in gaps_of(link, officer, now) if gap.last.isoformat() == request.POST.get("gap")]
    keeps: Literal["earlier", "later"] = "later" if request.POST.get("keeps") == "later" else "earlier"
    refusal = _("Choose the gap at which it is split.")
    if chosen:
        gap, reason = chosen[0], request.POST.get("reason", "")
        refusal = tried(lambda: split_account(officer, now, link=link, gap=gap, keeps=keeps, reason=reason))
    return account_page(request, link, refusal) if refusal else redirect("subject", link.subject.public_id)


@require_POST
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take it away from the subject."""
    link, reason = link_or_404(request, public_id), request.POST.get("reason", "")
    refusal = tried(lambda: end_account(officer_of(request), timezone.now(), link=link, reason=reason))
    return account_page(request, link, refusal) if refusal else redirect("subject", link.subject.public_id)
