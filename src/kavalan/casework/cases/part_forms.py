"""The forms by which something is put into a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from kavalan.casework.exhibits.models import Content

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

    from kavalan.casework.cases.models import Case


class JoinForm(forms.Form):
    """Chooses one of some cases, and says why something belongs there."""

    case = forms.ChoiceField(label=_("Case"))
    reason = forms.CharField(label=_("Why it belongs there, without a name"), max_length=400, required=False)

    def __init__(self, data: QueryDict | None, cases: Iterable[Case], auto_id: str = "id_%s") -> None:
        super().__init__(data, auto_id=auto_id)
        self._cases = {str(one.public_id): one for one in cases}
        names = [(key, f"{one.reference}: {one.title}") for key, one in self._cases.items()]
        self.fields["case"] = forms.ChoiceField(label=_("Case"), choices=names)

    @property
    def chosen(self) -> Case:
        """The case; only once the form is valid."""
        return self._cases[self.cleaned_data["case"]]


class ContentForm(JoinForm):
    """Picks a content of an exhibit, by its digest."""

    sha256 = forms.RegexField(
        r"^[0-9a-fA-F]{64}$",
        label=_("SHA-256 of the content"),
        help_text=_("As it stands in the list of the exhibit’s items."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("sha256",)

    def __init__(self, data: QueryDict | None, cases: Iterable[Case], sha256: str = "") -> None:
        # It stands on one page with the other form.
        super().__init__(data, cases, auto_id="content_%s")
        self.initial = {"sha256": sha256}

    def clean_sha256(self) -> Content:
        """The content of that digest; whether it is open in the exhibit, the verb asks, in the same words."""
        found = Content.objects.filter(sha256=bytes.fromhex(self.cleaned_data["sha256"])).first()
        if found is None:
            raise forms.ValidationError(_("There is no such content open to you in this exhibit."))
        return found
