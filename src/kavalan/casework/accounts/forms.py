"""What is typed to sign in, and what an administrator types about officers."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kavalan.casework.accounts.models import Unit
from kavalan.casework.accounts.ranks import ranks, title_of
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.unit_kinds import KIND_HINT, UnitKind

if TYPE_CHECKING:
    from kavalan.law import Rank


class SignInForm(forms.Form):
    """Badge and password; whether they belong together the view asks."""

    username = forms.CharField(
        label=_("Badge"), max_length=60, widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    """Six digits of the app, or, while signing in, a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=30,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "one-time-code"}),
    )


class UnlockForm(forms.Form):
    """The password or a code in one field."""

    proof = forms.CharField(
        label=_("Password, or the six digits of your app"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autofocus": True, "autocomplete": "current-password"}),
    )


class ConductForm(forms.Form):
    """That it was read, and which version."""

    version = forms.CharField(max_length=20, widget=forms.HiddenInput)
    read = forms.BooleanField(label=_("I have read this, and I work by it."))


class PasswordForm(forms.Form):
    """The password one has, and the one one wants."""

    old = forms.CharField(
        label=_("The password you have now"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("The new password, twelve characters or more"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        validators=[validate_password],
    )
    again = forms.CharField(
        label=_("The new password again"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        """The same twice."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new", again):
            raise forms.ValidationError(_("The two are not the same."))
        return again


class NewPasswordForm(forms.Form):
    """A first password, which somebody else is told."""

    password = forms.CharField(
        label=_("A first password, twelve characters or more"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        validators=[validate_password],
    )


class UnitForm(forms.Form):
    """A unit's name, and what it is."""

    name = forms.CharField(label=_("Name of the unit"), max_length=200)
    kind = forms.ChoiceField(
        label=_("What it is"), choices=UnitKind.choices, initial=UnitKind.POLICE, help_text=KIND_HINT
    )


class EnrolForm(NewPasswordForm):
    """A new officer."""

    field_order = ["unit", "name", "badge", "password"]

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.order_by("name"), to_field_name="public_id")
    name = forms.CharField(label=_("Name"), max_length=200)
    badge = forms.CharField(label=_("Badge"), max_length=60)


class RankForm(forms.Form):
    """A rank and the day from which it holds."""

    rank = forms.ChoiceField(
        label=_("Rank"), choices=lambda: [(name, f"{title_of(rank)} ({rank.short})") for name, rank in ranks().items()]
    )
    since = forms.DateField(label=_("Holds from"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean_rank(self) -> Rank:
        """What the law as data says of it."""
        return ranks()[self.cleaned_data["rank"]]


class RoleForm(forms.Form):
    """A role, and the last day on which it is held."""

    role = forms.ChoiceField(label=_("Role"), choices=OfficerRole.choices)
    until = forms.DateField(
        label=_("Until the end of (left empty: until it is taken back)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def clean_role(self) -> OfficerRole:
        """As the verb takes it."""
        return OfficerRole(self.cleaned_data["role"])

    def clean_until(self) -> datetime | None:
        """The last moment of the day named, in the zone in which the page shows time."""
        day = self.cleaned_data["until"]
        return timezone.make_aware(datetime.combine(day, time.max)) if day else None
