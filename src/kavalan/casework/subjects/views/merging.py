"""Merging two subjects, and parting them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.intake.forms.queries import uuid_of
from kavalan.casework.subjects.asked import merging_or_404, subject_or_404
from kavalan.casework.subjects.selectors.subjects import subject_for
from kavalan.casework.subjects.services import merge_subjects, undo_merge
from kavalan.casework.subjects.views.pages import subject_page, tried

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_POST
def merge(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that another subject is the same person: it goes on in this one."""
    kept, officer, now = subject_or_404(request, public_id), officer_of(request), timezone.now()
    chosen = uuid_of(request.POST.get("other", ""))
    gone = subject_for(officer, chosen, now) if chosen else None
    refusal = _("Choose the other subject.")
    if gone is not None:
        reason = request.POST.get("reason", "")
        refusal = tried(lambda: merge_subjects(officer, now, kept=kept, gone=gone, reason=reason))
    return subject_page(request, kept, refusal) if refusal else redirect("subject", kept.public_id)


@require_POST
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that they are two after all."""
    merging, reason = merging_or_404(request, public_id), request.POST.get("reason", "")
    refusal = tried(lambda: undo_merge(officer_of(request), timezone.now(), merging=merging, reason=reason))
    kept = subject_or_404(request, merging.kept.public_id)
    return subject_page(request, kept, refusal) if refusal else redirect("subject", kept.public_id)
