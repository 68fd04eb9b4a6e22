"""The desk's people: an administrator's pages, of which a supervisor sees who must wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kavalan.casework.accounts import selectors, services
from kavalan.casework.accounts.forms import EnrolForm, NewPasswordForm, RankForm, RoleForm, UnitForm
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.session import officer_of
from kavalan.casework.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django import forms
    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.accounts.models import Officer

_REFUSED, _NOT_FILLED = 409, 422


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Units and officers, and who must wait before trying to sign in again."""
    return _people(request, UnitForm())


@require_POST
def found(request: HttpRequest) -> HttpResponse:
    """Found a unit."""
    asker, form = _administrator_or_404(request), UnitForm(request.POST)
    if _did(form, services.found_unit, asker):
        return redirect("people")
    return _people(request, form, _NOT_FILLED)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Enrol an officer."""
    asker, form = _administrator_or_404(request), EnrolForm(request.POST if request.method == "POST" else None)
    if _did(form, services.enrol_officer, asker):
        return redirect("people")
    return render(request, "accounts/enrol_officer.html", {"form": form}, status=_NOT_FILLED if form.errors else 200)


@require_safe
def officer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One officer: ranks, roles, sign-in."""
    return _officer(request, _officer_or_404(request, public_id))


@require_POST
def rank(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record a rank."""
    shown, form = _officer_or_404(request, public_id), RankForm(request.POST)
    done = _did(form, services.record_rank, officer_of(request), officer=shown)
    return redirect("officer", public_id) if done else _officer(request, shown, rank_form=form)


@require_POST
def role(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give a role."""
    shown, form = _officer_or_404(request, public_id), RoleForm(request.POST)
    done = _did(form, services.give_role, officer_of(request), officer=shown)
    return redirect("officer", public_id) if done else _officer(request, shown, role_form=form)


@require_POST
def role_end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a role back."""
    asker, now = officer_of(request), timezone.now()
    held = selectors.held_role_for(asker, public_id, now)
    if held is None:
        raise Http404
    try:
        services.end_role(asker, now, held=held)
    except RefusedError as refusal:
        return _officer(request, held.officer, refusal=str(refusal))
    return redirect("officer", held.officer.public_id)


@sensitive_post_parameters("password")
@require_POST
def reset(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Reset a sign-in."""
    shown, form = _officer_or_404(request, public_id), NewPasswordForm(request.POST)
    done = _did(form, services.reset_sign_in, officer_of(request), officer=shown)
    return redirect("officer", public_id) if done else _officer(request, shown, reset_form=form)


@require_POST
def leave(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record that an officer left."""
    shown = _officer_or_404(request, public_id)
    try:
        services.let_go(officer_of(request), timezone.now(), officer=shown)
    except RefusedError as refusal:
        return _officer(request, shown, refusal=str(refusal))
    return redirect("officer", public_id)


@require_POST
def lift(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let somebody try again at once."""
    asker, now = officer_of(request), timezone.now()
    attempts = selectors.attempts_for(asker, now).filter(public_id=public_id).first()
    if attempts is None:
        raise Http404
    services.lift_attempts(asker, now, attempts=attempts)
    return redirect("people")


def _did(form: forms.Form, verb: Callable[..., object], asker: Officer, **known: Officer) -> bool:
    """Do it with what the form says, if it is filled; a refusal is told on the form."""
    if not form.is_valid():
        return False
    try:
        verb(asker, timezone.now(), **known, **form.cleaned_data)
    except RefusedError as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as weak:
        form.add_error("password", weak)
    return not form.errors


def _administrator_or_404(request: HttpRequest) -> Officer:
    asker = officer_of(request)
    if not selectors.is_administrator(asker, timezone.now()):
        raise Http404
    return asker


def _officer_or_404(request: HttpRequest, public_id: UUID) -> Officer:
    found = selectors.officer_for(officer_of(request), public_id, timezone.now())
    if found is None:
        raise Http404
    return found


def _people(request: HttpRequest, form: UnitForm, status: int = 200) -> HttpResponse:
    asker, now = officer_of(request), timezone.now()
    administers = selectors.is_administrator(asker, now)
    if not administers and not selectors.holds(asker, [OfficerRole.SUPERVISOR], now):
        raise Http404
    context = {
        "administers": administers,
        "units": selectors.units_with_officers() if administers else (),
        "alone": selectors.lasting_administrators(now).count() < 2,
        "waiting": selectors.attempts_for(asker, now),
        "form": form,
    }
    return render(request, "accounts/people.html", context, status=status)


def _officer(request: HttpRequest, shown: Officer, refusal: str = "", **forms: forms.Form) -> HttpResponse:
    now = timezone.now()
    context = {
        "officer": shown,
        "own": shown.pk == officer_of(request).pk,
        "rank": selectors.rank_of(shown, timezone.localdate(now)),
        "ranks": shown.ranks.order_by("-since"),
        "roles": selectors.roles_of(shown),
        "in_force": set(shown.roles.filter(selectors.in_force(now)).values_list("pk", flat=True)),
        "refusal": refusal,
        "rank_form": RankForm(initial={"since": timezone.localdate(now)}),
        "role_form": RoleForm(),
        "reset_form": NewPasswordForm(),
    }
    status = _REFUSED if refusal else _NOT_FILLED if forms else 200
    return render(request, "accounts/officer.html", context | forms, status=status)
