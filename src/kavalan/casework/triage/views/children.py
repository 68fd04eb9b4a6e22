"""The child lane: those who are reported and may be children."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.triage.forms import ReasonForm
from kavalan.casework.triage.selectors import reports as selectors
from kavalan.casework.triage.services import flag_minor, release_minor

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_safe
def children(request: HttpRequest) -> HttpResponse:
    """Who is in the child lane; for those whose it is."""
    return _children(request)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that a reported person may be a child."""
    officer, now = officer_of(request), timezone.now()
    person = selectors.person_for(officer, public_id, now)
    if person is None:
        raise Http404
    form, refusal = ReasonForm(request.POST if request.method == "POST" else None), ""
    if form.is_valid():
        try:
            flag_minor(officer, now, person=person, reason=form.cleaned_data["reason"])
        except RefusedError as error:
            # What was typed may be the name: it is not sent back.
            form, refusal = ReasonForm(), str(error)
        else:
            return redirect("report-triage", person.report.public_id)
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "triage/flag.html", {"person": person, "form": form, "refusal": refusal}, status=status)


@require_POST
def release(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say on which evidence somebody is of age."""
    officer, now = officer_of(request), timezone.now()
    minor = selectors.minor_for(officer, public_id, now)
    if minor is None:
        raise Http404
    try:
        release_minor(officer, now, minor=minor, reason=request.POST.get("reason", ""))
    except RefusedError as refusal:
        return _children(request, str(refusal))
    return redirect("children")


def _children(request: HttpRequest, refusal: str = "") -> HttpResponse:
    officer, now = officer_of(request), timezone.now()
    if not selectors.sees_children(officer, now):
        raise Http404
    context = {"minors": selectors.children(officer, now), "refusal": refusal}
    return render(request, "triage/children.html", context, status=409 if refusal else 200)
