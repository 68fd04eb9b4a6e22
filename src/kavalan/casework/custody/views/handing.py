"""Handing over: to an officer who signs in and accepts, or to somebody who signs on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.authority.papers import is_oversized, take
from kavalan.casework.custody import selectors
from kavalan.casework.custody.forms import AcceptForm, OfferForm, SlipForm
from kavalan.casework.custody.roles import rooms_of
from kavalan.casework.custody.services import accept_hand_over, correct_event, offer_things, receive_on_slip
from kavalan.casework.custody.views.asked import devices_or_404, offer_or_404
from kavalan.casework.errors import RefusedError

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.custody.models import CustodyEvent, Device


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest) -> HttpResponse:
    """Hand things over; without any in the address, those that the officer holds are there to choose from."""
    officer, now = officer_of(request), timezone.now()
    asked = request.POST if request.method == "POST" else request.GET
    mine = selectors.device_page(officer, now, selectors.Asked(mine=True))
    chosen = [str(one.public_id) for one in mine.devices] if "all" in request.GET else asked.getlist("device")
    things = devices_or_404(request, chosen)
    rooms = frozenset().union(*rooms_of(things))
    form = OfferForm(request.POST if request.method == "POST" else None, selectors.receivers(officer, rooms, now))
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = offer_things(officer, now, devices=things, to=form.party, moment=said["at"], place=said["place"])
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("hand-over", made.public_id)
    context = {"things": things, "form": form, "page": mine}
    return render(request, "custody/offer.html", context, status=422 if form.errors else 200)


@require_safe
def hand_over(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One hand-over: what was given, to whom, what is open; printed, it is the slip to be signed."""
    return _page(request, offer_or_404(request, public_id))


@require_POST
def accept(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Accept what was handed over, as far as it is ticked."""
    shown, form = offer_or_404(request, public_id), AcceptForm(request.POST)
    things = devices_or_404(request, request.POST.getlist("device"))
    if not form.is_valid():
        return _page(request, shown, accepting=form)
    said = form.cleaned_data
    try:
        accept_hand_over(
            officer_of(request),
            timezone.now(),
            offer=shown,
            devices=things,
            moment=said["at"],
            found=form.found,
            place=said["place"],
        )
    except RefusedError as refusal:
        return _page(request, shown, str(refusal), accepting=form)
    return redirect("hand-over", public_id)


@require_POST
def decline(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that things were not handed over: by the receiver, or by whoever works on them."""
    shown, why = offer_or_404(request, public_id), request.POST.get("why", "")
    things = devices_or_404(request, request.POST.getlist("device"))
    try:
        correct_event(officer_of(request), timezone.now(), event=shown, devices=things, told=None, why=why)
    except RefusedError as refusal:
        return _page(request, shown, str(refusal))
    return redirect("hand-over", public_id)


@require_POST
def slip(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close a hand-over by a slip that was signed on paper."""
    shown, form = offer_or_404(request, public_id), SlipForm(request.POST, request.FILES)
    things = devices_or_404(request, request.POST.getlist("device"))
    if not form.is_valid():
        if is_oversized(request):
            return _page(request, shown, str(RefusedError("This file is too large.")), scanning=form)
        return _page(request, shown, scanning=form)
    try:
        taken = take(form.cleaned_data["file"])
        now, at = timezone.now(), form.cleaned_data["at"]
        receive_on_slip(officer_of(request), now, offer=shown, devices=things, moment=at, slip=taken)
    except RefusedError as refusal:
        return _page(request, shown, str(refusal), scanning=form)
    return redirect("hand-over", public_id)


def _page(
    request: HttpRequest,
    shown: CustodyEvent,
    refusal: str = "",
    accepting: AcceptForm | None = None,
    scanning: SlipForm | None = None,
) -> HttpResponse:
    officer, now = officer_of(request), timezone.now()
    shares = selectors.in_offer(shown, officer, now)
    waiting: list[Device] = [share.device for share in shares if share.device.offer_id == shown.pk]
    context = {
        "offer": shown,
        "shares": shares,
        "waiting": waiting,
        "answers": selectors.answers_to(shown),
        "mine": shown.taker_id == officer.pk,
        "accepting": accepting or AcceptForm(),
        "scanning": scanning or SlipForm(initial={"at": now}),
        "refusal": refusal,
    }
    status = 409 if refusal else 422 if accepting or scanning else 200
    return render(request, "custody/hand_over.html", context, status=status)
