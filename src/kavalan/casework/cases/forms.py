"""The forms of cases; what they leave open, the verbs ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict


class PrintForm(forms.Form):
    """Prints a case of which only named persons may be told."""

    reason = forms.CharField(label=_("For whom it is printed, without a name"), max_length=400)


class SeriesForm(forms.Form):
    """Opens a unit's number series."""

    letters = forms.CharField(
        label=_("Prefix"),
        max_length=20,
        help_text=_("Capital letters, digits and hyphens: with CEU, the first case of 2026 is CEU/1/2026."),
    )


class OpenCaseForm(forms.Form):
    """Opens a case."""

    title = forms.CharField(
        label=_("What it is about, in words that name nobody"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    district = forms.ChoiceField(label=_("District"), required=False)

    def __init__(self, data: QueryDict | None, districts: Mapping[str, str]) -> None:
        super().__init__(data)
        self.fields["district"] = forms.ChoiceField(
            label=_("District"), required=False, choices=[("", _("not known yet")), *districts.items()]
        )
