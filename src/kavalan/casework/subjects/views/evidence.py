"""Entering what speaks for a hypothesis and against it, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.subjects.asked import evidence_or_404, subject_or_404
from kavalan.casework.subjects.forms import EvidenceForm
from kavalan.casework.subjects.rules import Side
from kavalan.casework.subjects.services import add_evidence, withdraw_evidence
from kavalan.casework.subjects.views.pages import subject_page, things_of, tried

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_POST
def add(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say what speaks for it or against it."""
    subject = subject_or_404(request, public_id)
    form = EvidenceForm(request.POST, things_of(request, subject))
    if not form.is_valid():
        return subject_page(request, subject, form=form)
    side, text = Side(form.cleaned_data["side"]), form.cleaned_data["text"]
    officer, now = officer_of(request), timezone.now()
    refusal = tried(lambda: add_evidence(officer, now, subject=subject, side=side, text=text, points_at=form.pointed))
    return subject_page(request, subject, refusal, form) if refusal else redirect("subject", subject.public_id)


@require_POST
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take it back."""
    evidence, reason = evidence_or_404(request, public_id), request.POST.get("reason", "")
    refusal = tried(lambda: withdraw_evidence(officer_of(request), timezone.now(), evidence=evidence, reason=reason))
    subject = subject_or_404(request, evidence.subject.public_id)
    return subject_page(request, subject, refusal) if refusal else redirect("subject", subject.public_id)
