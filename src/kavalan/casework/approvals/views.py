"""The page of what waits for a second person, and of what one asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.approvals import selectors
from kavalan.casework.approvals.services import answer_approval
from kavalan.casework.errors import RefusedError

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_safe
def approvals(request: HttpRequest) -> HttpResponse:
    """What waits for the officer's answer, and what became of the officer's own questions."""
    return _page(request)


@require_POST
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Grant or refuse what another officer asked."""
    officer, now = officer_of(request), timezone.now()
    asked = selectors.approval_for(officer, public_id, now)
    if asked is None:
        raise Http404
    granted, reason = request.POST.get("answer") == "grant", request.POST.get("reason", "")
    try:
        answer_approval(officer, now, approval=asked, granted=granted, reason=reason)
    except RefusedError as refusal:
        return _page(request, str(refusal))
    return redirect("approvals")


def _page(request: HttpRequest, refusal: str = "") -> HttpResponse:
    officer, now = officer_of(request), timezone.now()
    context = {
        "waiting": selectors.waiting(officer, now),
        "questions": selectors.asked_by(officer),
        "answers": selectors.answered_by(officer),
        "now": now,
        "refusal": refusal,
    }
    return render(request, "approvals/approvals.html", context, status=409 if refusal else 200)
