"""Who is signed in has a session of the desk that is open, not locked, and has accepted the code of conduct.

Deny by default: a browser that Django knows but that has no such session is signed out.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.auth import logout
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from kavalan.casework.accounts.conduct import code_of_conduct
from kavalan.casework.accounts.services import note_presence
from kavalan.casework.accounts.session import find, limits

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpRequest, HttpResponseBase

    from kavalan.casework.accounts.models import DeskSession
    from kavalan.casework.accounts.selectors import Found
    from kavalan.casework.accounts.session import DeskRequest

_WHEN_LOCKED = {"locked", "look", "sign-out"}
_BEFORE_CONDUCT = {"conduct", "lock", "present", "sign-out"}
_COARSE = timedelta(seconds=20)
"""How much of an officer's presence is not written down, so that not every page writes."""


class DeskSessionMiddleware:
    """Finds the session, ends what is too old, locks what stood still, and notes that somebody is there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Put the session on the request, or sign the browser out."""
        asked, now = cast("DeskRequest", request), timezone.now()
        asked.desk, asked.closed, asked.keeps_people, asked.was_reset = None, False, False, False
        asked.was_extracted = False
        asked.idle_minutes = settings.KAVALAN_IDLE_MINUTES
        if request.user.is_authenticated:
            found = find(request, code_of_conduct().version, now)
            if found is None or limits().is_over(found.session.since, now):
                logout(request)
            else:
                self._let_in(asked, found, now)
        return self._get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        _view: Callable[..., HttpResponseBase],
        _args: tuple[Any, ...],
        _kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Lead to the lock, or to the code of conduct, before anything else is shown."""
        asked, now = cast("DeskRequest", request), timezone.now()
        if asked.desk is None:
            return None
        name = request.resolver_match.url_name if request.resolver_match else None
        if limits().is_locked(asked.desk.last_seen, asked.desk.locked_at, now):
            return None if name in _WHEN_LOCKED or _goes_on(request, name) else _lead(request, "locked")
        if asked.closed and name not in _BEFORE_CONDUCT:
            return _lead(request, "conduct")
        _note(request, asked.desk, now)
        return None

    @staticmethod
    def _let_in(asked: DeskRequest, found: Found, now: datetime) -> None:
        asked.desk, asked.keeps_people, asked.was_reset = found.session, found.keeps_people, found.was_reset
        asked.was_extracted = found.was_extracted
        locked = limits().is_locked(found.session.last_seen, found.session.locked_at, now)
        asked.closed = locked or not found.accepted


def _goes_on(request: HttpRequest, name: str | None) -> bool:
    """Whether it is the next piece of a file that is being sent: that takes hours, and shows nobody anything."""
    return name == "upload" and request.method in {"HEAD", "PATCH"}


def _note(request: HttpRequest, session: DeskSession, now: datetime) -> None:
    # A page that asks by itself is nobody's presence. Who only ever lets htmx ask is locked too soon rather than never.
    by_itself = request.method == "PATCH" or (request.method == "GET" and "HX-Request" in request.headers)
    if not by_itself and now - session.last_seen >= _COARSE:
        note_presence(session=session, now=now)


def _lead(request: HttpRequest, name: str) -> HttpResponseBase:
    """To a page from which one comes back to where one was; a form that was sent goes back to its page."""
    here = request.get_full_path() if request.method == "GET" else request.headers.get("Referer", "")
    query = urlencode({"next": here}) if is_ours(request, here) else ""
    return redirect(f"{resolve_url(name)}?{query}" if query else resolve_url(name))


def is_ours(request: HttpRequest, address: str) -> bool:
    """Whether an address leads nowhere else."""
    return bool(address) and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
