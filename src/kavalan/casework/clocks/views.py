"""The pages of time limits."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.accounts.unit_kinds import UnitKind
from kavalan.casework.authority.selectors import authority_for
from kavalan.casework.clocks import selectors
from kavalan.casework.clocks.calendar import calendar
from kavalan.casework.clocks.duties import duty_list, section_of
from kavalan.casework.clocks.feed import events_for
from kavalan.casework.clocks.forms import CorrectForm, MeetForm, MeetTogetherForm, StartForm
from kavalan.casework.clocks.rules import Event, limits_of
from kavalan.casework.clocks.services import correct_clock, dismiss_clock, meet_clock, meet_together, start_clock
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.asked import exhibit_or_404
from kavalan.casework.intake.selectors import report_for

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.clocks.models import Matter
    from kavalan.casework.clocks.selectors import Shown

_PRESSING = 20
_ON_A_SHEET = 18


@require_safe
def clocks(request: HttpRequest) -> HttpResponse:
    """What the law wants done and when, by provision; on request, those of one provision, or what has ended."""
    if "limit" in request.GET:
        return _of_provision(request)
    officer, now = officer_of(request), timezone.now()
    if request.GET.get("ended") == "1":
        page = selectors.ended(officer, now, _after(request))
        return render(request, "clocks/ended.html", {"page": page, "now": now})
    context = {"duties": duty_list(officer, now), "clocks": selectors.running(officer, now, _PRESSING), "now": now}
    return render(request, "clocks/clocks.html", context)


@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """The most pressing on one sheet of paper, by references only: for the wall."""
    officer, now = officer_of(request), timezone.now()
    rows = [(section_of(one), one) for one in selectors.running(officer, now, _ON_A_SHEET)]
    return render(request, "clocks/wall.html", {"rows": rows, "duties": duty_list(officer, now), "now": now})


@require_safe
def calendar_file(request: HttpRequest) -> HttpResponse:
    """The duty list as iCalendar, to be saved."""
    now = timezone.now()
    data = calendar(events_for(officer_of(request), now, request.build_absolute_uri), now)
    named = {"Content-Disposition": 'attachment; filename="duty-list.ics"', "Cache-Control": "no-store"}
    return HttpResponse(data, content_type="text/calendar; charset=utf-8", headers=named)


@require_POST
def met_together(request: HttpRequest) -> HttpResponse:
    """Record of many reports at once that a time limit was met."""
    form = MeetTogetherForm(request.POST)
    if not form.is_valid():
        return _of_provision(request, form)
    said, officer = form.cleaned_data, officer_of(request)
    try:
        done = meet_together(officer, timezone.now(), clocks=said["clocks"], met_at=said["met_at"], note=said["note"])
    except RefusedError as refusal:
        form.add_error(None, str(refusal))
        return _of_provision(request, form, 409)
    return redirect(f"{reverse('clocks')}?limit={done.name}")


def _of_provision(request: HttpRequest, form: MeetTogetherForm | None = None, status: int = 422) -> HttpResponse:
    officer, now = officer_of(request), timezone.now()
    asked = request.POST if form else request.GET
    name, late = asked.get("limit", ""), asked.get("late") == "1"
    page = selectors.running_page(officer, now, name, late=late, after=_after(request))
    context = {"page": page, "limit": name, "late": late, "ticked": request.GET.get("ticked") == "1", "now": now}
    context |= {"form": form or MeetTogetherForm(), "together": any(one.clock.report_id for one in page.rows)}
    return render(request, "clocks/provision.html", context, status=status if form else 200)


def _after(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None


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


@require_http_methods(["GET", "HEAD", "POST"])
def of_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The time limits that hang on a report; a POST starts those of an event."""
    found = report_for(officer_of(request), public_id, timezone.now())
    if found is None:
        raise Http404
    return _about(request, found, "report", "report-clocks")


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


def _about(request: HttpRequest, matter: Matter, back: str, route: str) -> HttpResponse:
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


def _start(officer: Officer, matter: Matter, form: StartForm) -> None:
    event, started_at = Event(form.cleaned_data["event"]), form.cleaned_data["started_at"]
    limits = limits_of(event, started_at, UnitKind(officer.unit.kind))
    if not limits:
        raise RefusedError(
            "The law, as far as the desk knows it, set a unit of your kind no time limit for this on that day."
        )
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
