"""The forms of time limits; moments are typed in the desk's zone."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kavalan.casework.clocks.rules import Event


class _Moment(forms.DateTimeField):
    # As browsers send it; seconds are not typed.
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class StartForm(forms.Form):
    """Starts what an event starts."""

    event = forms.ChoiceField(label=_("What happened"), choices=Event)
    started_at = _Moment(label=_("When it happened"))


class MeetForm(forms.Form):
    """Says that it was met."""

    met_at = _Moment(label=_("When it was done"))
    note = forms.CharField(label=_("How: to whom, under which number; without a name"), max_length=400)


class _Ids(forms.TypedMultipleChoiceField):
    """Ids that stood beside boxes; which of them may be named, the verb says."""

    def valid_value(self, value: object) -> bool:
        try:
            UUID(str(value))
        except ValueError:
            return False
        return True


class MeetTogetherForm(MeetForm):
    """Says of several that they were met by one act."""

    clocks = _Ids(
        coerce=UUID,
        widget=forms.MultipleHiddenInput,
        error_messages={"required": _("Tick at least one of the list.")},
    )


class CorrectForm(forms.Form):
    """Says that it began at another moment."""

    started_at = _Moment(label=_("When it really began"))
    reason = forms.CharField(label=_("Why the first was wrong"), max_length=400)
