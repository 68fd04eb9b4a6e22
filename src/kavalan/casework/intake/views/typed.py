"""The pages on which an officer types what was told or seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake import selectors
from kavalan.casework.intake.forms.typed import AddressForm, CallForm, ChannelForm, RuleElevenForm
from kavalan.casework.intake.services import enter_report

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.intake.forms.typed import TypedForm

TITLES = {
    CallForm: _("A call, or somebody at the desk"),
    RuleElevenForm: _("A report under POCSO rule 11"),
    AddressForm: _("Addresses that were reported"),
    ChannelForm: _("A channel that you observed"),
}


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def typed(request: HttpRequest, form_class: type[TypedForm]) -> HttpResponse:
    """Enter what was told or seen; nothing that was typed of a name is sent back once it is sealed."""
    officer, now = officer_of(request), timezone.now()
    desks = list(selectors.desks_of(officer, now))
    form = form_class(request.POST if request.method == "POST" else None, desks, now)
    if form.is_valid():
        try:
            made = enter_report(officer, timezone.now(), desk=form.desk, typed=form.typed)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("report", made.public_id)
    context = {"form": form, "desks": desks, "title": TITLES[form_class]}
    return render(request, "intake/typed.html", context, status=422 if form.errors else 200)
