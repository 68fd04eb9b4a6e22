"""The forms of what is recorded for figures; what they leave open, the verbs ask."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SafeguardForm(forms.Form):
    """Records that a child was brought to safety."""

    pseudonym = forms.CharField(
        label=_("The child's pseudonym"),
        max_length=20,
        help_text=_("As K-4821/2026; never the name. It must be sealed where you may know of it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    happened_on = forms.DateField(label=_("On which day"), widget=forms.DateInput(attrs={"type": "date"}))


class WithdrawForm(forms.Form):
    """Withdraws what was recorded wrongly."""

    reason = forms.CharField(label=_("Why it was wrong"), max_length=400)
