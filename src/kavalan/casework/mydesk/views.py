"""My desk: the first page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kavalan.casework.accounts.roles import DUTIES, OfficerRole
from kavalan.casework.accounts.selectors import held_roles, holds
from kavalan.casework.accounts.session import desk_session_of, officer_of
from kavalan.casework.intake.selectors import desks_of
from kavalan.casework.mydesk.beginning import begin
from kavalan.casework.mydesk.board import AGES, board_of
from kavalan.casework.mydesk.selectors import last_here
from kavalan.casework.mydesk.sort import Shelf
from kavalan.casework.mydesk.waiting import waits_for

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is due, what waits for the officer, what expires, and what is new since they were last here."""
    officer, now = officer_of(request), timezone.now()
    roles = held_roles(officer, now)
    since = last_here(desk_session_of(request))
    waits = waits_for(officer, now, since)
    context = {
        "since": since,
        "due": waits[Shelf.DUE],
        "waits": waits[Shelf.WAITS],
        "ends": waits[Shelf.ENDS],
        "new": waits[Shelf.NEW],
        "duties": [DUTIES[role] for role in roles],
        "supervises": OfficerRole.SUPERVISOR in roles,
        "begin": begin(roles, at_desk=desks_of(officer, now).exists()),
    }
    return render(request, "mydesk/home.html", context)


@require_safe
def unit(request: HttpRequest) -> HttpResponse:
    """The open work of a unit, for its supervisors.

    Raises:
        Http404: when the officer supervises none.
    """
    officer, now = officer_of(request), timezone.now()
    if not holds(officer, [OfficerRole.SUPERVISOR], now):
        raise Http404
    return render(request, "mydesk/unit.html", {"board": board_of(officer, now), "ages": AGES, "now": now})
