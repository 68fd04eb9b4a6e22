"""A unit's intake desk: opening it, and letting officers in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import roles_in
from kavalan.casework.access.services import grant
from kavalan.casework.accounts.models import Officer
from kavalan.casework.accounts.session import officer_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake import selectors
from kavalan.casework.intake.asked import desk_or_404
from kavalan.casework.intake.drop import folder_of
from kavalan.casework.intake.rules import INTAKE
from kavalan.casework.intake.services import open_desk

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse, QueryDict

    from kavalan.casework.intake.models import Desk


class LetInForm(forms.Form):
    """Lets an officer of the unit in at its desk."""

    officer = forms.ChoiceField(label=_("Officer"))
    role = forms.ChoiceField(
        label=_("As"), choices=[(role.value, role.label) for role in Role if role in INTAKE], initial=Role.INTAKE.value
    )

    def __init__(self, asked: QueryDict | None, desk: Desk) -> None:
        super().__init__(asked)
        there = Officer.objects.filter(unit=desk.unit_id, is_active=True).order_by("name")
        self._officers = {str(one.public_id): one for one in there}
        names = [(key, f"{one.name} ({one.badge})") for key, one in self._officers.items()]
        self.fields["officer"] = forms.ChoiceField(label=_("Officer"), choices=names)

    @property
    def chosen(self) -> Officer:
        """Who is let in; only once the form is valid."""
        return self._officers[self.cleaned_data["officer"]]


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Open the desk of the officer's unit."""
    try:
        made = open_desk(officer_of(request), timezone.now())
    except RefusedError as refusal:
        return render(request, "intake/refused.html", {"refusal": str(refusal)}, status=409)
    return redirect("desk", made.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One desk: who was let in, where its drop folder is; a supervisor of it lets others in."""
    shown, officer, now = desk_or_404(request, public_id), officer_of(request), timezone.now()
    form = LetInForm(request.POST if request.method == "POST" else None, shown)
    if form.is_valid():
        role = Role(form.cleaned_data["role"])
        try:
            grant(officer, now, compartment=shown.compartment, to=form.chosen, role=role)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("desk", public_id)
    context = {
        "desk": shown,
        "form": form if Role.SUPERVISOR in roles_in(officer, [shown.compartment_id], now) else None,
        "refused": form.non_field_errors(),
        "grants": selectors.let_in(shown, now),
        "folder": folder_of(shown),
        "mappings": selectors.mappings_of(shown.unit_id),
    }
    return render(request, "intake/desk.html", context, status=422 if form.errors else 200)
