"""Whose request it is, and in which session of the desk."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied

from kavalan.casework.accounts.models import Officer
from kavalan.casework.accounts.rules import Limits, device_name
from kavalan.casework.accounts.selectors import find_session
from kavalan.casework.accounts.services import Arrival

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from kavalan.casework.accounts.models import DeskSession
    from kavalan.casework.accounts.selectors import Found

    class DeskRequest(HttpRequest):
        """A request that `middleware.DeskSessionMiddleware` has looked at."""

        desk: DeskSession | None
        closed: bool
        keeps_people: bool
        was_reset: bool
        was_extracted: bool
        idle_minutes: int


SESSION_KEY = "desk-session"
"""Under which name Django's session holds the public id of the desk's."""


def officer_of(request: HttpRequest) -> Officer:
    """The signed-in officer; the middleware has sent everybody else to sign in."""
    if not isinstance(request.user, Officer):
        raise PermissionDenied
    return request.user


def desk_session_of(request: HttpRequest) -> DeskSession:
    """The session in which the officer is; nobody is signed in without one."""
    session = cast("DeskRequest", request).desk
    if session is None:
        raise PermissionDenied
    return session


def find(request: HttpRequest, conduct: str, now: datetime) -> Found | None:
    """The session that the browser's cookie stands for, if nobody has ended it; `conduct` is the version in force."""
    named = request.session.get(SESSION_KEY)
    return find_session(named, request.user, conduct, now) if named and isinstance(request.user, Officer) else None


def enter(request: HttpRequest, officer: Officer, session: DeskSession) -> None:
    """Let the browser into a session that has begun, under a new cookie."""
    login(request, officer)
    request.session[SESSION_KEY] = str(session.public_id)


def limits() -> Limits:
    """How long sessions stand and last here."""
    age, idle = settings.SESSION_COOKIE_AGE, settings.KAVALAN_IDLE_MINUTES
    return Limits(idle=timedelta(minutes=idle), age=timedelta(seconds=age))


def arrival_of(request: HttpRequest) -> Arrival:
    """From where a request comes.

    Behind TLS stands a proxy, which appends to `X-Forwarded-For` who asked it; whatever stands before that, the browser
    may have made up.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER and (forwarded := request.headers.get("X-Forwarded-For")):
        address = forwarded.rpartition(",")[2].strip()
    # 45 characters hold the longest IPv6 address; more is none.
    return Arrival(device_name(request.headers.get("User-Agent", "")), address[:45])
