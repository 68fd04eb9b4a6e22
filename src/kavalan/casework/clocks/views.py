"""The pages of time limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.authority.selectors import authority_for
from kavalan.casework.clocks import selectors
from kavalan.casework.clocks.forms import CorrectForm, MeetForm, StartForm
from kavalan.casework.clocks.rules import Event, limits_of
from kavalan.casework.clocks.services import correct_clock, dismiss_clock, meet_clock, start_clock
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.asked import exhibit_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.authority.models import Authority
    from kavalan.casework.clocks.selectors import Shown
    from kavalan.casework.exhibits.models import Exhibit


@require_safe
def clocks(request: HttpRequest) -> HttpResponse:
    """What the law wants done and when, the most pressing first; on request, what has ended."""
    officer, now, past = officer_of(request), timezone.now(), request.GET.get("ended") == "1"
    found = selectors.ended(officer, now) if past else selectors.running(officer, now)
    return render(request, "clocks/clocks.html", {"clocks": found, "ended": past, "now": now})


@require_http_methods(["GET", "HEAD", "POST"])
def of_exhibit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The time limits that hang on an exhibit; a POST starts those of an event."""
    return _about(request, exhibit_or_404(request, public_id), "exhibit", "exhibit-clocks")


@require_http_methods(["GET", "HEAD", "POST"])
def of_authority(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The time limits that hang on an authority; a POST starts those of an event."""
    found = authority_for(officer_of(request), public_id)
    if found is None:
        raise Http404
    return _about(request, found, "authority", "authority-clocks")


@require_safe
def clock(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One time limit: what the law says, where it stands, what was recorded."""
    return _clock(request, _clock_or_404(request, public_id))


@require_POST
def meet(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record that a time limit was met."""
    shown, form = _clock_or_404(request, public_id), MeetForm(request.POST)
    if not form.is_valid():
        return _clock(request, shown, meeting=form)
    said, officer = form.cleaned_data, officer_of(request)
    try:
        meet_clock(officer, timezone.now(), clock=shown.clock, met_at=said["met_at"], note=said["note"])
    except RefusedError as refusal:
        return _clock(request, shown, str(refusal))
    return redirect("clock", public_id)


@require_POST
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record that a time limit began at another moment."""
    shown, form = _clock_or_404(request, public_id), CorrectForm(request.POST)
    if not form.is_valid():
        return _clock(request, shown, correcting=form)
    said, officer = form.cleaned_data, officer_of(request)
    try:
        made = correct_clock(
            officer, timezone.now(), clock=shown.clock, started_at=said["started_at"], reason=said["reason"]
        )
    except RefusedError as refusal:
        return _clock(request, shown, str(refusal))
    return redirect("clock", made.public_id)


@require_POST
def dismiss(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record that a time limit does not apply."""
    shown = _clock_or_404(request, public_id)
    try:
        dismiss_clock(officer_of(request), timezone.now(), clock=shown.clock, reason=request.POST.get("reason", ""))
    except RefusedError as refusal:
        return _clock(request, shown, str(refusal))
    return redirect("clock", public_id)


def _about(request: HttpRequest, matter: Exhibit | Authority, back: str, route: str) -> HttpResponse:
    form = StartForm(request.POST if request.method == "POST" else None)
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            _start(officer_of(request), matter, form)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            return redirect(route, matter.public_id)
    now = timezone.now()
    context = {"matter": matter, "back": back, "clocks": selectors.about(matter, now), "form": form, "now": now}
    return render(request, "clocks/about.html", context, status=status)


def _start(officer: Officer, matter: Exhibit | Authority, form: StartForm) -> None:
    event, started_at = Event(form.cleaned_data["event"]), form.cleaned_data["started_at"]
    limits = limits_of(event, started_at)
    if not limits:
        raise RefusedError("The law, as far as the desk knows it, set no time limit for this on that day.")
    for limit in limits:
        start_clock(officer, timezone.now(), name=limit.id, matter=matter, started_at=started_at)


def _clock(
    request: HttpRequest,
    shown: Shown,
    refusal: str = "",
    meeting: MeetForm | None = None,
    correcting: CorrectForm | None = None,
) -> HttpResponse:
    context = {
        "shown": shown,
        "history": selectors.history(shown.clock),
        "meeting": meeting or MeetForm(),
        "correcting": correcting or CorrectForm(auto_id="correct_%s"),
        "refusal": refusal,
        "now": timezone.now(),
    }
    status = 409 if refusal else 422 if meeting or correcting else 200
    return render(request, "clocks/clock.html", context, status=status)


def _clock_or_404(request: HttpRequest, public_id: UUID) -> Shown:
    found = selectors.clock_for(officer_of(request), public_id, timezone.now())
    if found is None:
        raise Http404
    return found
