"""The forms of operations; moments are typed in the desk's zone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from kavalan.casework.access.models import Role
from kavalan.casework.accounts.models import Officer, Unit
from kavalan.casework.operations.rules import MOST_PERSONS, TOLD, State
from kavalan.casework.operations.services import Plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from kavalan.casework.authority.models import Authority
    from kavalan.casework.cases.models import Case
    from kavalan.casework.custody.models import Seizure
    from kavalan.casework.operations.models import Site, Team

IN: Final = (Role.INVESTIGATOR, Role.SUPERVISOR, Role.EXAMINER, Role.CUSTODIAN)
"""As what somebody is let into an operation."""


class _Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class _Moment(forms.DateTimeField):
    # As browsers send it; a site's time is told to the minute.
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class OpenForm(forms.Form):
    """Opens an operation."""

    title = forms.CharField(label=_("What it is about, in words that name nobody"), max_length=200)
    day = _Day(label=_("Day of the search, where it is set"), required=False)


class DayForm(forms.Form):
    """Sets the day of the search, or moves it."""

    day = _Day(label=_("Day of the search"))
    reason = forms.CharField(label=_("Why, where it is moved"), max_length=400, required=False)


class CaseForm(forms.Form):
    """Puts a case into the operation."""

    case = forms.ChoiceField(label=_("Case"))

    def __init__(self, asked: QueryDict | None, cases: Sequence[Case]) -> None:
        super().__init__(asked)
        self._cases = {str(one.public_id): one for one in cases}
        names = [(key, f"{one.reference}: {one.title}") for key, one in self._cases.items()]
        self.fields["case"] = forms.ChoiceField(label=_("Case"), choices=names)

    @property
    def chosen(self) -> Case:
        """The case; only once the form is valid."""
        return self._cases[self.cleaned_data["case"]]


class LetInForm(forms.Form):
    """Lets an officer of any unit in, or everybody of a unit."""

    who = forms.ChoiceField(label=_("Who"))
    role = forms.ChoiceField(label=_("As"), choices=[(role.value, role.label) for role in IN])
    until = _Moment(label=_("Until, where it ends"), required=False)

    def __init__(self, asked: QueryDict | None) -> None:
        super().__init__(asked)
        units = {str(one.public_id): one for one in Unit.objects.order_by("name")}
        there = Officer.objects.filter(is_active=True).select_related("unit").order_by("unit__name", "name")
        officers = {str(one.public_id): one for one in there}
        self._who: dict[str, Officer | Unit] = {**units, **officers}
        one_by_one = [(key, f"{one.name} ({one.badge}), {one.unit}") for key, one in officers.items()]
        whole = [(key, one.name) for key, one in units.items()]
        choices = [(_("One officer"), one_by_one), (_("Everybody of a unit"), whole)]
        self.fields["who"] = forms.ChoiceField(label=_("Who"), choices=choices)

    @property
    def chosen(self) -> Officer | Unit:
        """Who is let in; only once the form is valid."""
        return self._who[self.cleaned_data["who"]]


class TeamsForm(forms.Form):
    """Lets the teams in."""

    until = _Moment(label=_("Until, where it ends"), required=False)


class TableForm(forms.Form):
    """Brings a table of sites: as a file, or as the text that was previewed."""

    file = forms.FileField(label=_("The table, a CSV file"), required=False)
    text = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def clean(self) -> None:
        """One of the two is there."""
        if not self.errors and not self.cleaned_data["file"] and not self.cleaned_data["text"]:
            self.add_error("file", _("Choose the table first."))


class PlanForm(forms.Form):
    """Plans a site otherwise."""

    team = forms.ChoiceField(label=_("Team"), required=False)
    place = forms.CharField(label=_("Place, in words that name nobody"), max_length=200, required=False)
    address = forms.CharField(label=_("Address"), max_length=400, required=False)
    home = forms.ChoiceField(
        label=_("Does somebody live there?"),
        choices=[("", _("not known")), ("yes", _("yes")), ("no", _("no"))],
        required=False,
    )
    reason = forms.CharField(label=_("Why, without a name"), max_length=400)

    def __init__(self, asked: QueryDict | None, site: Site, teams: Sequence[Team]) -> None:
        home = "" if site.home is None else "yes" if site.home else "no"
        before = {"team": str(site.team.public_id) if site.team else "", "place": site.place, "address": site.address}
        super().__init__(asked, initial={**before, "home": home})
        self._teams = {str(one.public_id): one for one in teams}
        names = [("", _("none")), *((key, one.name) for key, one in self._teams.items())]
        self.fields["team"] = forms.ChoiceField(label=_("Team"), choices=names, required=False)

    @property
    def plan(self) -> Plan:
        """How the site is planned; only once the form is valid."""
        said = self.cleaned_data
        home = {"yes": True, "no": False}.get(said["home"])
        return Plan(self._teams.get(said["team"]), said["place"], said["address"], home)


class TellForm(forms.Form):
    """Tells what happened at a site; what did is said by the button that is pressed."""

    what = forms.ChoiceField(choices=[(state.value, state.label) for state in TOLD])
    at = _Moment(label=_("When it happened"))
    persons = forms.IntegerField(
        label=_("Persons arrested"), min_value=1, max_value=MOST_PERSONS, required=False, help_text=_("With an arrest.")
    )


class CorrectForm(forms.Form):
    """Puts another entry in place of one that was wrong, or takes it back."""

    what = forms.ChoiceField(
        label=_("What is so"), choices=[(one.value, one.label) for one in (*TOLD, State.TAKEN_BACK)]
    )
    at = _Moment(label=_("When it happened"))
    persons = forms.IntegerField(
        label=_("Persons arrested"), min_value=1, max_value=MOST_PERSONS, required=False, help_text=_("With an arrest.")
    )
    reason = forms.CharField(label=_("Why, without a name"), max_length=400)


class SeizureForm(forms.Form):
    """Says that a seizure was made at a site."""

    seizure = forms.ChoiceField(label=_("Seizure"))

    def __init__(self, asked: QueryDict | None, seizures: Sequence[Seizure]) -> None:
        super().__init__(asked)
        self._seizures = {str(one.public_id): one for one in seizures}
        names = [(key, f"{one.reference} ({one.authority.reference})") for key, one in self._seizures.items()]
        self.fields["seizure"] = forms.ChoiceField(label=_("Seizure"), choices=names)

    @property
    def chosen(self) -> Seizure:
        """The seizure; only once the form is valid."""
        return self._seizures[self.cleaned_data["seizure"]]


class AuthorityForm(forms.Form):
    """Says which recorded authority a warrant is."""

    authority = forms.ChoiceField(label=_("Recorded authority"))

    def __init__(self, asked: QueryDict | None, authorities: Sequence[Authority]) -> None:
        super().__init__(asked)
        self._authorities = {str(one.public_id): one for one in authorities}
        names = [(key, one.reference) for key, one in self._authorities.items()]
        self.fields["authority"] = forms.ChoiceField(label=_("Recorded authority"), choices=names)

    @property
    def chosen(self) -> Authority:
        """The authority; only once the form is valid."""
        return self._authorities[self.cleaned_data["authority"]]


class CloseForm(forms.Form):
    """Closes an operation."""

    remark = forms.CharField(label=_("What a reader must know, without a name"), max_length=400, required=False)
