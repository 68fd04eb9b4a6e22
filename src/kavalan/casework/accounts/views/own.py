"""One's own sign-in: the code of conduct, the lock, password, recovery codes, sessions."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kavalan.casework.accounts import selectors, services
from kavalan.casework.accounts.conduct import code_of_conduct
from kavalan.casework.accounts.forms import CodeForm, ConductForm, PasswordForm, UnlockForm
from kavalan.casework.accounts.keeping import new_recovery_codes
from kavalan.casework.accounts.models import RecoveryCode
from kavalan.casework.accounts.session import desk_session_of, limits, officer_of
from kavalan.casework.accounts.views.signing_in import following_of, judge, refuse
from kavalan.casework.errors import RefusedError

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest


@require_http_methods(["GET", "HEAD", "POST"])
def conduct(request: HttpRequest) -> HttpResponse:
    """The code of conduct; accepting it opens the desk."""
    officer, shown, refusal = officer_of(request), code_of_conduct(), ""
    form = ConductForm(request.POST if request.method == "POST" else None, initial={"version": shown.version})
    if form.is_valid():
        try:
            services.accept_conduct(officer, timezone.now(), version=form.cleaned_data["version"])
        except RefusedError as refused:
            refusal, form = str(refused), ConductForm(initial={"version": shown.version})
        else:
            return redirect(following_of(request))
    accepted = selectors.has_accepted(officer, shown.version)
    context = {"conduct": shown, "form": form, "accepted": accepted, "next": following_of(request), "refusal": refusal}
    return render(request, "accounts/conduct.html", context, status=409 if refusal else 422 if form.errors else 200)


@sensitive_post_parameters("proof")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def locked(request: HttpRequest) -> HttpResponse:
    """The lock; password or code lead back to where one was."""
    officer, session, following = officer_of(request), desk_session_of(request), following_of(request)
    if not limits().is_locked(session.last_seen, session.locked_at, timezone.now()):
        return redirect(following)
    form, status = UnlockForm(request.POST if request.method == "POST" else None), 200
    if form.is_valid():
        until = judge(request, officer)
        if until is None:
            try:
                services.unlock_session(officer, timezone.now(), session=session, proof=form.cleaned_data["proof"])
            except RefusedError as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect(following)
        else:
            status = refuse(form, until, "")
    return render(request, "accounts/locked.html", {"form": form, "next": following}, status=status)


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the desk when one leaves it."""
    services.lock_session(officer_of(request), timezone.now(), session=desk_session_of(request))
    return redirect("locked")


@require_POST
def present(_request: HttpRequest) -> HttpResponse:
    """A page says that somebody reads or types there; the middleware has noted it."""
    return HttpResponse(status=204)


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What one is here, and from where one is signed in."""
    return _account(request)


@sensitive_post_parameters("old", "new", "again")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's password; one's other sessions end."""
    form, status = PasswordForm(request.POST if request.method == "POST" else None), 200
    if form.is_valid():
        until = judge(request, officer_of(request))
        if until is None:
            try:
                _change(request, form)
            except RefusedError as refusal:
                form.add_error("old", str(refusal))
            else:
                return redirect("account")
        else:
            status = refuse(form, until, "")
    if form.errors and status == 200:
        status = 422
    return render(request, "accounts/password.html", {"form": form}, status=status)


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes in place of the old ones, shown in this answer only."""
    officer = officer_of(request)
    form, status = CodeForm(request.POST if request.method == "POST" else None), 200
    if form.is_valid():
        until = judge(request, officer)
        if until is None:
            try:
                return _renew(request, form.cleaned_data["code"])
            except RefusedError as refusal:
                form.add_error(None, str(refusal))
                status = 409
        else:
            status = refuse(form, until, "")
    return render(request, "accounts/renew_codes.html", {"form": form}, status=status)


@require_POST
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End one of one's sessions; ending the one in which one is signs out."""
    officer = officer_of(request)
    session = selectors.session_of(str(public_id), officer)
    if session is None:
        raise Http404
    services.end_session(officer, timezone.now(), session=session)
    return redirect("account")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all of one's sessions but this one."""
    services.end_other_sessions(officer_of(request), timezone.now(), session=desk_session_of(request))
    return redirect("account")


@require_POST
def read_resets(request: HttpRequest) -> HttpResponse:
    """Somebody reset the officer's sign-in, and they have read it; sent twice it is read all the same."""
    with suppress(RefusedError):
        services.read_resets(officer_of(request), timezone.now())
    return redirect("account")


def _account(request: HttpRequest) -> HttpResponse:
    officer, now = officer_of(request), timezone.now()
    context = {
        "rank": selectors.rank_of(officer, timezone.localdate(now)),
        "roles": selectors.roles_of(officer).filter(selectors.in_force(now)),
        "sessions": selectors.open_sessions(officer, limits(), now),
        "here": desk_session_of(request),
        "codes_left": RecoveryCode.objects.filter(officer=officer, used_at__isnull=True).count(),
        "conduct": code_of_conduct(),
        "resets": officer.resets.select_related("by").order_by("-pk"),
    }
    return render(request, "accounts/account.html", context)


def _change(request: HttpRequest, form: PasswordForm) -> None:
    now, session = timezone.now(), desk_session_of(request)
    typed = form.cleaned_data
    officer = services.change_password(officer_of(request), now, session=session, old=typed["old"], new=typed["new"])
    # Django ends every session that began under another password; this one goes on.
    update_session_auth_hash(request, officer)


def _renew(request: HttpRequest, typed: str) -> HttpResponse:
    codes = new_recovery_codes()
    services.renew_recovery_codes(officer_of(request), timezone.now(), code=typed, recovery_codes=codes)
    context = {
        "codes": codes,
        "following": following_of(request),
        "renewed": _("The codes you had are worth nothing now."),
    }
    return render(request, "accounts/recovery_codes.html", context)
