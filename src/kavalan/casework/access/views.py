"""Taking back what lets somebody in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import grant_for, roles_in
from kavalan.casework.access.services import end_grant
from kavalan.casework.accounts.middleware import is_ours
from kavalan.casework.accounts.session import officer_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.said import LONGEST

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


class EndForm(forms.Form):
    """Takes a grant back."""

    reason = forms.CharField(label=_("Reason, without a name"), max_length=LONGEST)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who has which role where, and until when; a POST by a supervisor there takes it back. `next` is the way back."""
    officer, now = officer_of(request), timezone.now()
    shown = grant_for(officer, public_id, now)
    if shown is None:
        raise Http404
    form = EndForm(request.POST if request.method == "POST" else None)
    asked = (request.POST or request.GET).get("next", "")
    back = asked if is_ours(request, asked) else reverse("home")
    if form.is_valid():
        try:
            end_grant(officer, now, grant=shown, reason=form.cleaned_data["reason"])
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            # Who took their own grant back does not see the page from which they came any more.
            return redirect("home" if shown.officer_id == officer.pk else back)
    context = {
        "grant": shown,
        "form": form,
        "back": back,
        "ended": shown.until is not None and shown.until <= now,
        "supervises": Role.SUPERVISOR in roles_in(officer, [shown.compartment_id], now),
    }
    return render(request, "access/end.html", context, status=422 if form.errors else 200)
