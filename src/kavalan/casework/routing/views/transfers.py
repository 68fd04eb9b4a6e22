"""The pages on which a report is handed over, accepted, refused, and signed for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.authority.papers import is_oversized, take
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.selectors import report_for
from kavalan.casework.routing import selectors
from kavalan.casework.routing.forms import LetterForm, OfferForm, ReasonForm, SlipForm, WhereForm
from kavalan.casework.routing.issuing import Fir, issue
from kavalan.casework.routing.responsible import responsible
from kavalan.casework.routing.services import (
    accept_transfer,
    offer_transfer,
    record_slip,
    refuse_transfer,
    take_back,
)
from kavalan.casework.routing.services.transfers import Receiver
from kavalan.casework.routing.working import works_at

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.intake.models import Report
    from kavalan.casework.routing.models import Transfer
    from kavalan.casework.routing.responsible import Answer
    from kavalan.casework.routing.tables import Directory


@require_http_methods(["GET", "HEAD", "POST"])
def of_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who is there for a report by the tables, and where it went; a POST offers it to another office."""
    officer, now = officer_of(request), timezone.now()
    report = _report_or_404(request, public_id)
    offices = selectors.offices_for(officer.unit_id)
    guessed = selectors.places_in(report, offices)
    place = guessed[0].id if guessed else next(iter(offices.places))
    where = WhereForm(request.GET, offices, place, timezone.localdate(now))
    answer = _answer(where, offices)
    desks = selectors.other_desks(report.desk)
    offer = OfferForm(request.POST if request.method == "POST" else None, answer, desks)
    if offer.is_valid():
        try:
            made = offer_transfer(officer, now, report=report, to=_receiver(offer), reason=offer.cleaned_data["reason"])
        except RefusedError as refusal:
            offer.add_error(None, str(refusal))
        else:
            return redirect("transfer", made.public_id)
    context = {
        "report": report,
        "where": where,
        "guessed": guessed,
        "answer": answer,
        "offer": offer,
        "transfers": selectors.transfers_of(report, officer, now),
        "may_offer": works_at(officer, report.desk, now),
    }
    return render(request, "routing/report.html", context, status=422 if offer.errors else 200)


@require_safe
def transfers(request: HttpRequest) -> HttpResponse:
    """What was offered by and to the officer's desks."""
    found = selectors.transfers_for(officer_of(request), timezone.now())
    return render(request, "routing/transfers.html", {"transfers": found})


@require_safe
def transfer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One transfer: from whom to whom, why, by which row, and where it stands."""
    return _transfer(request, _transfer_or_404(request, public_id))


@require_POST
def accept(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Accept a report."""
    shown = _transfer_or_404(request, public_id)
    try:
        accept_transfer(officer_of(request), timezone.now(), transfer=shown)
    except RefusedError as refusal:
        return _transfer(request, shown, str(refusal))
    return redirect("transfer", public_id)


@require_POST
def refuse(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Refuse a report."""
    shown = _transfer_or_404(request, public_id)
    try:
        refuse_transfer(officer_of(request), timezone.now(), transfer=shown, reason=request.POST.get("reason", ""))
    except RefusedError as refusal:
        return _transfer(request, shown, str(refusal))
    return redirect("transfer", public_id)


@require_POST
def back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take an offer back."""
    shown = _transfer_or_404(request, public_id)
    try:
        take_back(officer_of(request), timezone.now(), transfer=shown, reason=request.POST.get("reason", ""))
    except RefusedError as refusal:
        return _transfer(request, shown, str(refusal))
    return redirect("transfer", public_id)


@require_POST
def slip(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record who of an office outside signed, with the slip."""
    shown, form = _transfer_or_404(request, public_id), SlipForm(request.POST, request.FILES)
    if is_oversized(request):
        form.add_error("slip", _("This file is larger than is taken."))
    if not form.is_valid():
        return _transfer(request, shown, signing=form)
    said = form.cleaned_data
    try:
        record_slip(
            officer_of(request),
            timezone.now(),
            transfer=shown,
            received_by=said["received_by"],
            received_at=said["received_at"],
            slip=take(said["slip"]),
        )
    except RefusedError as refusal:
        return _transfer(request, shown, str(refusal))
    return redirect("transfer", public_id)


@require_POST
def letter(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Issue the letter that goes with a report, or with an FIR about it."""
    shown, form = _transfer_or_404(request, public_id), LetterForm(request.POST)
    if not form.is_valid():
        return _transfer(request, shown, writing=form)
    try:
        issue(officer_of(request), shown, timezone.now(), fir=_fir(form), place=form.cleaned_data["place"])
    except RefusedError as refusal:
        return _transfer(request, shown, str(refusal))
    return redirect("transfer", public_id)


def _transfer(request: HttpRequest, shown: Transfer, refusal: str = "", **forms: Form) -> HttpResponse:
    officer, now = officer_of(request), timezone.now()
    context: dict[str, Any] = {
        "transfer": shown,
        "sends": works_at(officer, shown.from_desk, now),
        "receives": shown.to_desk is not None and works_at(officer, shown.to_desk, now),
        "seen": report_for(officer, shown.report.public_id, now),
        "letters": selectors.letters_of(shown),
        "ground": selectors.term_of(shown.from_desk.unit_id, shown.row) if shown.row else None,
        "refusal": refusal,
        "refusing": ReasonForm(),
        "signing": SlipForm(),
        "writing": LetterForm(),
    }
    status = 409 if refusal else 422 if forms else 200
    return render(request, "routing/transfer.html", context | forms, status=status)


def _answer(where: WhereForm, offices: Directory) -> Answer | None:
    if not where.is_valid():
        return None
    said = where.cleaned_data
    return responsible(offices, said["place"], said["offence"], said["on"])


def _receiver(offer: OfferForm) -> Receiver:
    said = offer.cleaned_data
    office, desk = offer.offices.get(said["row"]), offer.desks.get(said["desk"])
    if desk is None and office is not None and not said["office"]:
        desk = selectors.desk_named(office.unit)
    name = said["office"] or (office.name if office else "") or (desk.unit.name if desk else "")
    return Receiver(name, desk, said["row"])


def _fir(form: LetterForm) -> Fir | None:
    said = form.cleaned_data
    if not said["fir"]:
        return None
    sections = tuple(line.strip() for line in said["sections"].splitlines() if line.strip())
    return Fir(said["station"], said["fir"], said["registered_at"], sections)


def _report_or_404(request: HttpRequest, public_id: UUID) -> Report:
    found = report_for(officer_of(request), public_id, timezone.now())
    if found is None:
        raise Http404
    return found


def _transfer_or_404(request: HttpRequest, public_id: UUID) -> Transfer:
    found = selectors.transfer_for(officer_of(request), public_id, timezone.now())
    if found is None:
        raise Http404
    return found
