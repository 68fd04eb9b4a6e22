"""My desk: the first page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kavalan.casework.accounts.selectors import duties_of
from kavalan.casework.accounts.session import desk_session_of, officer_of
from kavalan.casework.mydesk.selectors import last_here
from kavalan.casework.mydesk.sort import Shelf
from kavalan.casework.mydesk.waiting import waits_for

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is due, what waits for the officer, what expires, and what is new since they were last here."""
    officer, now = officer_of(request), timezone.now()
    since = last_here(desk_session_of(request))
    waits = waits_for(officer, now, since)
    context = {
        "since": since,
        "due": waits[Shelf.DUE],
        "waits": waits[Shelf.WAITS],
        "ends": waits[Shelf.ENDS],
        "new": waits[Shelf.NEW],
        "duties": duties_of(officer, now),
    }
    return render(request, "mydesk/home.html", context)
