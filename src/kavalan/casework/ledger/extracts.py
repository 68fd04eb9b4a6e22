"""The pages of an extract for one person: asking, taking it, and the notice to whom it is about."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.approvals.selectors import asked_of, may_ask
from kavalan.casework.approvals.services import ask_approval
from kavalan.casework.errors import RefusedError
from kavalan.casework.ledger.approval_kinds import LEDGER_EXTRACT
from kavalan.casework.ledger.extract import extract_file
from kavalan.casework.ledger.forms import ExtractForm
from kavalan.casework.ledger.keyring import trusted_keys
from kavalan.casework.ledger.listing import colleagues
from kavalan.casework.ledger.models import LedgerExtract
from kavalan.casework.ledger.services import acknowledge_extract, extracting, make_extract

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.approvals.models import Approval


@require_http_methods(["GET", "HEAD", "POST"])
def extract(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for an extract about an officer; what was asked, and what was granted."""
    about, form = _officer_or_404(request, public_id), ExtractForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        payload = extracting(form.cleaned_data["since"], form.cleaned_data["until"])
        said = {"kind": LEDGER_EXTRACT, "matter": about, "payload": payload, "reason": form.cleaned_data["reason"]}
        try:
            ask_approval(officer_of(request), timezone.now(), **said)
        except RefusedError as refusal:
            return _page(request, about, form, str(refusal))
        return redirect("ledger-extract", public_id)
    return _page(request, about, form)


@require_POST
def make(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Take an extract that was granted: it is recorded, the officer finds a notice, and the file follows."""
    about, officer, now = _officer_or_404(request, public_id), officer_of(request), timezone.now()
    granted = asked_of(officer, LEDGER_EXTRACT, about, now).filter(granted=True)
    question = next((one for one in granted if str(one.public_id) == request.POST.get("question")), None)
    if question is None:
        return _page(request, about, ExtractForm(), "This was not granted, or it was taken already.")
    try:
        made = make_extract(officer, now, officer=about, **_span(question))
    except RefusedError as refusal:
        return _page(request, about, ExtractForm(), str(refusal))
    pieces = extract_file(made, trusted_keys(settings.KAVALAN_WORKSPACE))
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="ledger-extract-{made.public_id}.zip"'
    return response


@require_POST
def acknowledge(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The officer has read the notice."""
    officer = officer_of(request)
    notice = LedgerExtract.objects.filter(officer=officer, public_id=public_id, acknowledged_at__isnull=True).first()
    if notice is None:
        raise Http404
    acknowledge_extract(officer, timezone.now(), extract=notice)
    return redirect("account")


def _page(request: HttpRequest, about: Officer, form: ExtractForm, refusal: str = "") -> HttpResponse:
    officer, now = officer_of(request), timezone.now()
    context = {
        "about": about,
        "form": form,
        "questions": asked_of(officer, LEDGER_EXTRACT, about, now),
        "taken": LedgerExtract.objects.filter(officer=about).select_related("made_by", "granted_by").order_by("-pk"),
        "now": now,
        "refusal": refusal,
    }
    return render(request, "ledger/extract.html", context, status=409 if refusal else 422 if form.errors else 200)


def _officer_or_404(request: HttpRequest, public_id: UUID) -> Officer:
    """An officer of the unit, for whoever may ask for their extract."""
    officer = officer_of(request)
    about = colleagues(officer).filter(public_id=public_id).first()
    if about is None or not may_ask(officer, LEDGER_EXTRACT, about, timezone.now()):
        raise Http404
    return about


def _span(question: Approval) -> dict[str, datetime]:
    return {name: datetime.fromisoformat(question.payload[name]) for name in ("since", "until")}
