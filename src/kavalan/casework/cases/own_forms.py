"""The forms by which a case is worked on; moments are typed in the desk's zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kavalan.casework.access.models import Role
from kavalan.casework.authority.forms import file_words
from kavalan.casework.cases.rules import CHOSEN, REVIEWED, Marking, NumberKind, ReviewDecision, Stage
from kavalan.law import packaged_law

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

    from kavalan.casework.accounts.models import Officer


class StageForm(forms.Form):
    """Says where a case came to stand."""

    stage = forms.ChoiceField(label=_("What happened"), choices=Stage)
    happened_at = forms.DateTimeField(
        label=_("When it happened"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    outcome = forms.ChoiceField(
        label=_("How it ended, where it is closed or acquitted"),
        choices=[("", "–"), *((one.value, one.label) for one in CHOSEN)],
        required=False,
    )
    reason = forms.CharField(
        label=_("Why, without a name"),
        max_length=400,
        required=False,
        help_text=_("Needed where the case is over, and where it is taken up again."),
    )

    def clean(self) -> None:
        """An outcome is one of an end without a conviction."""
        if self.cleaned_data.get("outcome") and self.cleaned_data.get("stage") not in REVIEWED:
            self.add_error("outcome", _("Only a case that is closed or acquitted ends so."))


class CorrectStageForm(StageForm):
    """Puts a row in place of one that was entered wrongly."""

    void = forms.BooleanField(label=_("Nothing of the kind happened"), required=False)
    why = forms.CharField(label=_("Why it is corrected, without a name"), max_length=400)
    field_order = ("void",)


class ChargeForm(forms.Form):
    """Puts a section of law on a case."""

    charged = forms.ChoiceField(label=_("Act"))
    section = forms.CharField(
        label=_("Section"), max_length=40, help_text=_("As it is cited, without the word: 67B, 15(2)")
    )

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__(data)
        acts = sorted((act.title, act.id) for act in packaged_law().acts.values() if act.charged)
        self.fields["charged"] = forms.ChoiceField(label=_("Act"), choices=[(key, title) for title, key in acts])


class OfficerForm(forms.Form):
    """Chooses one of some officers."""

    officer = forms.ChoiceField(label=_("Officer"))

    def __init__(self, data: QueryDict | None, officers: Iterable[Officer]) -> None:
        super().__init__(data)
        self._officers = {str(one.public_id): one for one in officers}
        names = [(key, f"{one.name} ({one.badge}), {one.unit}") for key, one in self._officers.items()]
        self.fields["officer"] = forms.ChoiceField(label=_("Officer"), choices=names)

    @property
    def chosen(self) -> Officer:
        """Who was chosen; only once the form is valid."""
        return self._officers[self.cleaned_data["officer"]]


class LeadForm(OfficerForm):
    """Names who leads a case."""

    reason = forms.CharField(label=_("Why it changes, without a name"), max_length=400, required=False)


class LetInForm(OfficerForm):
    """Lets an officer in at a case."""

    role = forms.ChoiceField(
        label=_("As"),
        choices=[(role.value, role.label) for role in (Role.INVESTIGATOR, Role.EXAMINER, Role.SUPERVISOR)],
    )
    until = forms.DateTimeField(
        label=_("Until, where it ends"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean_until(self) -> object:
        """What has passed lets nobody in."""
        until = self.cleaned_data["until"]
        if until is not None and until <= timezone.now():
            raise forms.ValidationError(_("This has passed."))
        return until


class NumberForm(forms.Form):
    """Enters what another office calls a case."""

    kind = forms.ChoiceField(label=_("Whose number"), choices=NumberKind)
    number = forms.CharField(label=_("Number"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    office = forms.CharField(label=_("Station, court or laboratory"), max_length=200, required=False)


class MarkingForm(forms.Form):
    """Says who may be told of a case."""

    marking = forms.ChoiceField(label=_("Handling mark"), choices=Marking)
    reason = forms.CharField(label=_("Why, without a name"), max_length=400)


class PaperForm(forms.Form):
    """Brings a paper."""

    title = forms.CharField(label=_("What it is, without a name"), max_length=200)
    file = forms.FileField(label=_("The file"))

    def __init__(self, data: QueryDict | None, files: MultiValueDict[str, UploadedFile[bytes]] | None) -> None:
        super().__init__(data, files)
        self.fields["file"].help_text = file_words()


class ReviewForm(forms.Form):
    """Decides what becomes of what is kept of a case that is over."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(one.value, one.label) for one in (ReviewDecision.KEPT, ReviewDecision.LET_GO)],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Why, without a name"), max_length=400)


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_("Reason, without a name"), max_length=400)
