"""The form that has a file of results made."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kavalan.casework.exports.models import Form


class ExportForm(forms.Form):
    """As what the results leave."""

    form = forms.ChoiceField(label=_("As what"), choices=Form.choices)

    @property
    def chosen(self) -> Form:
        """What was chosen; only once the form is valid."""
        return Form(self.cleaned_data["form"])
