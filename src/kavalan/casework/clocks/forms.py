"""The forms of time limits; moments are typed in the desk's zone."""

from __future__ import annotations

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


class CorrectForm(forms.Form):
    """Says that it began at another moment."""

    started_at = _Moment(label=_("When it really began"))
    reason = forms.CharField(label=_("Why the first was wrong"), max_length=400)
