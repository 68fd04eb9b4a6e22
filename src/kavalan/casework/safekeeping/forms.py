"""How an exhibit is to be kept."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kavalan.casework.safekeeping.models import Way


class WayForm(forms.Form):
    """A choice among the ways."""

    way = forms.ChoiceField(label=_("How to keep it"), choices=Way)

    @property
    def chosen(self) -> Way:
        """The way; only once the form is valid."""
        return Way(self.cleaned_data["way"])
