"""Entering what happened to things, and correcting it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.custody import selectors
from kavalan.casework.custody.forms import CorrectForm, EventForm
from kavalan.casework.custody.query import uuid_in
from kavalan.casework.custody.services import Things, correct_event, examine_things, record_event
from kavalan.casework.custody.services.events import EXAMINED, KEPT
from kavalan.casework.custody.telling import Party
from kavalan.casework.custody.views.asked import device_or_404, devices_or_404
from kavalan.casework.custody.words import What
from kavalan.casework.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.custody.models import Device

_OUT = frozenset({What.LAB_OUT, What.COURT_OUT, What.GIVEN_BACK})
_BACK = frozenset({What.LAB_BACK, What.COURT_BACK})


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter an event of one thing or of several, as the address names them; without any, the list is asked."""
    asked = request.POST if request.method == "POST" else request.GET
    things, what = devices_or_404(request, asked.getlist("device")), _what(asked.get("what", ""))
    if not things or what is None:
        return redirect("devices")
    form = EventForm(what, request.POST if request.method == "POST" else None, _initial(things))
    if form.is_valid():
        try:
            _enter(officer_of(request), things, form)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("device", things[0].public_id) if len(things) == 1 else redirect("devices")
    context = {"things": things, "what": what, "form": form, "alone": things[0] if len(things) == 1 else None}
    return render(request, "custody/enter.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Correct what was entered of a thing: a new entry that names the wrong one."""
    thing = device_or_404(request, public_id)
    event_id = uuid_in(request.GET.get("event", ""))
    share = selectors.event_about(thing, event_id) if event_id else None
    if share is None or share.event.what == What.STRUCK:
        raise Http404
    form = CorrectForm(share, request.POST if request.method == "POST" else None)
    if form.is_valid():
        said, officer = form.cleaned_data, officer_of(request)
        try:
            correct_event(
                officer, timezone.now(), event=share.event, devices=[thing], told=form.corrected, why=said["why"]
            )
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("device", public_id)
    context = {"device": thing, "share": share, "form": form}
    return render(request, "custody/correct.html", context, status=422 if form.errors else 200)


def _what(text: str) -> What | None:
    return {what.value: what for what in EXAMINED | KEPT}.get(text)


def _initial(things: Sequence[Device]) -> dict[str, object]:
    """Who has them, where all are with the same one: whoever gives them back."""
    held = {thing.held_by for thing in things}
    return {"giver_words": held.pop()} if len(held) == 1 else {}


def _enter(officer: Officer, things: Sequence[Device], form: EventForm) -> None:
    now, first = timezone.now(), things[0]
    holders = {(thing.holder_id, thing.holder_words) for thing in things}
    if form.what in _OUT and len(holders) > 1:
        raise RefusedError("These things are with different people: enter them apart.")
    giver = Party(first.holder, first.holder_words) if form.what in _OUT else Party()
    told = form.told(giver, Party(officer) if form.what in _BACK else Party())
    if form.what in EXAMINED:
        examine_things(officer, first.authority, Things(things), now, told=told)
    else:
        record_event(officer, now, devices=things, told=told)
