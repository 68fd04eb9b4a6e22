"""Signing in: badge and password, then the app's code; without an app yet, only the way to one.

Django takes somebody for signed in only after both. Until then the browser's session holds who is on the way, for a
quarter of an hour, and nothing but these pages is open.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth import authenticate, logout
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kavalan.casework.accounts import services, totp
from kavalan.casework.accounts.forms import CodeForm, SignInForm
from kavalan.casework.accounts.keeping import new_recovery_codes
from kavalan.casework.accounts.middleware import is_ours
from kavalan.casework.accounts.models import Authenticator, Officer
from kavalan.casework.accounts.session import arrival_of, desk_session_of, enter, officer_of
from kavalan.casework.errors import RefusedError

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse

_ON_THE_WAY = "signing-in"
_TIME_TO_FINISH = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class _OnTheWay:
    """An officer whose password was right, and where they want to go."""

    officer: Officer
    following: str


@sensitive_post_parameters("password")
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Badge and password."""
    following = following_of(request)
    if request.user.is_authenticated:
        return redirect(following)
    form, status = SignInForm(request.POST if request.method == "POST" else None), 200
    if form.is_valid():
        officer, until = _by_password(request, form.cleaned_data["username"], form.cleaned_data["password"])
        if officer is not None:
            return _go_on(request, officer, following)
        status = refuse(form, until, _("Badge and password do not belong together. Check both; capital letters count."))
    context = {"form": form, "next": following}
    return render(request, "accounts/sign_in.html", context, status=status)


@sensitive_post_parameters("code")
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The app's code, or a recovery code."""
    way = _on_the_way(request)
    if way is None:
        return redirect("sign-in")
    if not _has_app(way.officer):
        return redirect("sign-in-enrol")
    form, status = CodeForm(request.POST if request.method == "POST" else None), 200
    if form.is_valid():
        until = judge(request, way.officer)
        if until is None:
            try:
                return _begin(request, way, form.cleaned_data["code"])
            except RefusedError as refusal:
                form.add_error(None, str(refusal))
        else:
            status = refuse(form, until, "")
    return render(request, "accounts/code.html", {"form": form}, status=status)


@sensitive_post_parameters("code")
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Give an app the secret, prove by one code that it took it, and get the recovery codes, once."""
    way = _on_the_way(request)
    if way is None:
        return redirect("sign-in")
    if _has_app(way.officer):
        return redirect("sign-in-code")
    form, status = CodeForm(request.POST if request.method == "POST" else None), 200
    if form.is_valid():
        until = judge(request, way.officer)
        if until is None:
            try:
                return _confirm(request, way, form.cleaned_data["code"])
            except RefusedError as refusal:
                form.add_error(None, str(refusal))
        else:
            status = refuse(form, until, "")
    secret = services.draft_authenticator(officer=way.officer, now=timezone.now())
    uri = totp.otpauth_uri(secret, way.officer.badge)
    context = {"form": form, "qr": totp.qr_svg(uri), "typed": totp.typed_form(secret), "badge": way.officer.badge}
    return render(request, "accounts/enrol.html", context, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    services.end_session(officer_of(request), timezone.now(), session=desk_session_of(request))
    logout(request)
    return redirect("sign-in")


def judge(request: HttpRequest, officer: Officer) -> datetime | None:
    """Count an attempt to prove something as this officer, or say until when nothing is judged."""
    return services.count_attempt(badge=officer.badge, address=arrival_of(request).address, now=timezone.now())


def refuse(form: forms.Form, until: datetime | None, otherwise: str) -> int:
    """Say on the form why it is refused: too many attempts until then, or something else; gives the status."""
    if until is None:
        form.add_error(None, otherwise)
        return 200
    minutes = max(1, math.ceil((until - timezone.now()) / timedelta(minutes=1)))
    text = ngettext(
        "Too many attempts. Try again in %(minutes)d minute; a supervisor or an administrator can lift this.",
        "Too many attempts. Try again in %(minutes)d minutes; a supervisor or an administrator can lift this.",
        minutes,
    )
    form.add_error(None, text % {"minutes": minutes})
    return 429


def _by_password(request: HttpRequest, badge: str, password: str) -> tuple[Officer | None, datetime | None]:
    address, now = arrival_of(request).address, timezone.now()
    until = services.count_attempt(badge=badge, address=address, now=now)
    if until is not None:
        return None, until
    officer = authenticate(request, username=badge, password=password)
    if not isinstance(officer, Officer):
        return None, None
    services.forgive_attempt(badge=badge, address=address, now=now)
    return officer, None


def _go_on(request: HttpRequest, officer: Officer, following: str) -> HttpResponse:
    # A new cookie: whoever planted the old one does not come along.
    request.session.flush()
    request.session[_ON_THE_WAY] = {
        "officer": officer.pk,
        "password": officer.get_session_auth_hash(),
        "since": timezone.now().timestamp(),
        "next": following,
    }
    return redirect("sign-in-code" if _has_app(officer) else "sign-in-enrol")


def _on_the_way(request: HttpRequest) -> _OnTheWay | None:
    kept = request.session.get(_ON_THE_WAY)
    if kept is None or timezone.now().timestamp() - kept["since"] > _TIME_TO_FINISH.total_seconds():
        return None
    officer = Officer.objects.select_related("unit").filter(pk=kept["officer"], is_active=True).first()
    if officer is None or officer.get_session_auth_hash() != kept["password"]:
        return None
    return _OnTheWay(officer, kept["next"])


def _has_app(officer: Officer) -> bool:
    return Authenticator.objects.filter(officer=officer, confirmed_at__isnull=False).exists()


def _begin(request: HttpRequest, way: _OnTheWay, typed: str) -> HttpResponse:
    session = services.begin_session(way.officer, timezone.now(), code=typed, arrival=arrival_of(request))
    enter(request, way.officer, session)
    request.session.pop(_ON_THE_WAY, None)
    return redirect(way.following)


def _confirm(request: HttpRequest, way: _OnTheWay, typed: str) -> HttpResponse:
    codes = new_recovery_codes()
    services.confirm_authenticator(way.officer, timezone.now(), code=typed, recovery_codes=codes)
    following = _begin(request, way, typed).headers["Location"]
    # In this answer and nowhere else: kept for another page, they would lie somewhere in clear.
    return render(request, "accounts/recovery_codes.html", {"codes": codes, "following": following})


def following_of(request: HttpRequest) -> str:
    """Where whoever asks wants to go afterwards, as long as it is here."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if is_ours(request, wanted) else resolve_url("home")
