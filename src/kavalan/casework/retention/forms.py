"""The forms of retention."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kavalan.casework.retention.models import By, Decision


class ChallengeForm(forms.Form):
    """What somebody says against a report."""

    by = forms.ChoiceField(label=_("Who asks"), choices=By)
    where = forms.CharField(label=_("Which place of the report"), max_length=200)
    received = forms.CharField(label=_("What stands there"), max_length=400, required=False)
    asked = forms.CharField(label=_("What they say is right, or why it is wrong"), max_length=400)


class DecisionForm(forms.Form):
    """What an officer decides about it."""

    decision = forms.ChoiceField(label=_("Decision"), choices=Decision)
    right = forms.CharField(label=_("What is right, for a correction"), max_length=400, required=False)
    reason = forms.CharField(label=_("Why"), max_length=400)
