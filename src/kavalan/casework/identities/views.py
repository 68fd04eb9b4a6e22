"""The identities' pages: pseudonyms, and a sealed name on one page, once, for who was granted it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kavalan.casework.access.selectors import compartments_with, grants_in
from kavalan.casework.accounts.session import officer_of
from kavalan.casework.approvals.selectors import asked_of, may_ask
from kavalan.casework.approvals.services import ask_approval
from kavalan.casework.errors import RefusedError
from kavalan.casework.identities import selectors
from kavalan.casework.identities.approval_kinds import OPEN_IDENTITY
from kavalan.casework.identities.forms import CorrectForm, SealForm
from kavalan.casework.identities.rules import Kind
from kavalan.casework.identities.services import SEALS, correct_identity, opening, read_identity, seal_identity
from kavalan.casework.keys import LockedError, held

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.identities.models import Identity
    from kavalan.casework.identities.rules import Particulars

SHOWN_FOR = 300
"""Seconds after which the page of an opened name leaves by itself."""


@require_safe
def identities(request: HttpRequest) -> HttpResponse:
    """The identities of whose pseudonyms the officer may know, the newest first."""
    officer, now = officer_of(request), timezone.now()
    page = selectors.identity_page(officer, now, _uuid(request.GET.get("before", "")))
    opened = selectors.opening_counts(page.identities)
    rows = [(one, opened.get(one.public_id, 0)) for one in page.identities]
    may_seal = compartments_with(officer, SEALS, now).exists()
    return render(request, "identities/identities.html", {"page": page, "rows": rows, "may_seal": may_seal})


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def seal(request: HttpRequest) -> HttpResponse:
    """Seal a name."""
    officer, now = officer_of(request), timezone.now()
    rooms = compartments_with(officer, SEALS, now)
    form = SealForm(request.POST if request.method == "POST" else None, rooms)
    if form.is_valid():
        kind = Kind(form.cleaned_data["kind"])
        try:
            made = seal_identity(officer, now, kind=kind, compartment=form.room, particulars=form.particulars)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("identity", made.public_id)
    context = {"form": form, "locked": _locked()}
    return render(request, "identities/seal.html", context, status=422 if form.errors else 200)


@require_safe
def identity(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One identity: its pseudonym, what was sealed when, who was told."""
    return _identity(request, _identity_or_404(request, public_id))


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Seal anew what is right."""
    shown = _identity_or_404(request, public_id)
    form = CorrectForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            correct_identity(
                officer_of(request), timezone.now(), identity=shown, particulars=form.particulars, reason=reason
            )
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("identity", public_id)
    context = {"identity": shown, "form": form, "locked": _locked()}
    return render(request, "identities/correct.html", context, status=422 if form.errors else 200)


@require_POST
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask another officer to be told who it is."""
    shown = _identity_or_404(request, public_id)
    payload, reason = opening(shown, _number_or_404(request, shown)), request.POST.get("reason", "")
    try:
        ask_approval(
            officer_of(request), timezone.now(), kind=OPEN_IDENTITY, matter=shown, payload=payload, reason=reason
        )
    except RefusedError as refusal:
        return _identity(request, shown, str(refusal))
    return redirect("identity", public_id)


@sensitive_variables()
@require_POST
def open_once(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Tell who it is, to who was granted it: the answer to a form, which no browser keeps or asks for again."""
    shown = _identity_or_404(request, public_id)
    number = _number_or_404(request, shown)
    try:
        told = read_identity(officer_of(request), timezone.now(), identity=shown, number=number)
    except RefusedError as refusal:
        return _identity(request, shown, str(refusal))
    context = {"identity": shown, "number": number, "told": _worded(told), "minutes": SHOWN_FOR // 60}
    response = render(request, "identities/opened.html", context)
    # The page has no script that could leave it.
    response["Refresh"] = f"{SHOWN_FOR}; url={reverse('identity', args=[public_id])}"
    return response


def _identity(request: HttpRequest, shown: Identity, refusal: str = "") -> HttpResponse:
    officer, now = officer_of(request), timezone.now()
    reasons = grants_in(officer, shown.compartment_ids(), now)
    context = {
        "identity": shown,
        "versions": selectors.versions_of(shown),
        "openings": selectors.openings_of(shown),
        "alike": selectors.sealed_alike(officer, shown, now),
        "questions": asked_of(officer, OPEN_IDENTITY, shown, now),
        "may_ask": may_ask(officer, OPEN_IDENTITY, shown, now),
        "may_correct": any(grant.role in SEALS for grant in reasons),
        "reasons": reasons,
        "locked": _locked(),
        "refusal": refusal,
    }
    return render(request, "identities/identity.html", context, status=409 if refusal else 200)


def _worded(told: Particulars) -> list[tuple[object, str]]:
    """What was sealed, each text under the words of the form into which it was typed."""
    fields = CorrectForm.base_fields
    texts = ((fields[name].label, getattr(told, name)) for name in told.__struct_fields__)
    return [(label, text) for label, text in texts if text]


def _locked() -> str:
    """Why nothing can be sealed or opened here now; empty where it can."""
    try:
        held()
    except LockedError as refusal:
        return str(refusal)
    return ""


def _identity_or_404(request: HttpRequest, public_id: UUID) -> Identity:
    found = selectors.identity_for(officer_of(request), public_id, timezone.now())
    if found is None:
        raise Http404
    return found


def _number_or_404(request: HttpRequest, shown: Identity) -> int:
    """The version that was asked for, if there is one; without a word about it the newest."""
    numbers = [str(version.number) for version in selectors.versions_of(shown)]
    asked = request.POST.get("version", numbers[0])
    if asked not in numbers:
        raise Http404
    return int(asked)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
