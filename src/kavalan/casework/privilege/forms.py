"""The form that supplies identifiers, and the items that a question names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from kavalan.casework.privilege.rules import identifier_fault

if TYPE_CHECKING:
    from django.http import QueryDict

_MOST = 500
_DIGITS = 19
"""No number of an item has so many; the database holds none."""


class IdentifiersForm(forms.Form):
    """Numbers, addresses and names under which advocates are found, one a line."""

    identifiers = forms.CharField(
        label=_("Numbers, addresses and names, one a line"),
        help_text=_(
            "As an advocate's number is written on the device or as a name stands in it. Letter case, spaces and signs "
            "between digits do not matter; fewer than five letters or digits would seal too much."
        ),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean_identifiers(self) -> str:
        """As `supply_identifiers` will take them."""
        lines = _lines(self.cleaned_data["identifiers"])
        if len(lines) > _MOST:
            raise forms.ValidationError(_("At most %(most)d at once."), params={"most": _MOST})
        if faults := [why for line in lines if (why := identifier_fault(line))]:
            raise forms.ValidationError(faults)
        return "\n".join(lines)

    @property
    def lines(self) -> list[str]:
        """The identifiers; only once the form is valid."""
        return _lines(self.cleaned_data["identifiers"])


def item_numbers(said: QueryDict) -> list[int]:
    """The items that were ticked, in their order; what is no number is passed over."""
    return sorted({int(text) for text in said.getlist("items") if text.isdecimal() and len(text) < _DIGITS})


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
