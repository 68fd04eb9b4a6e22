"""The forms of routing; moments are typed in the desk's zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from kavalan.casework.authority.forms import file_words
from kavalan.casework.routing.rules import OffenceKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.http import QueryDict

    from kavalan.casework.intake.models import Desk
    from kavalan.casework.routing.responsible import Answer
    from kavalan.casework.routing.tables import Directory


class _Moment(forms.DateTimeField):
    # As browsers send it; seconds are not typed.
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class WhereForm(forms.Form):
    """Asks the tables: which place, which offence, which day."""

    place = forms.ChoiceField(label=_("Place"))
    offence = forms.ChoiceField(label=_("Offence"), choices=OffenceKind)
    on = forms.DateField(label=_("On which day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, data: QueryDict, offices: Directory, place: str, today: date) -> None:
        asked = {"place": place, "offence": OffenceKind.ONLINE.value, "on": f"{today:%Y-%m-%d}", **data.dict()}
        super().__init__(asked)
        field = self.fields["place"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one.id, one.name) for one in offices.places.values()]


class OfferForm(forms.Form):
    """Hands a report over: to an office of the tables, to a desk here, or to an office outside by its name."""

    row = forms.ChoiceField(
        label=_("An office that the tables name"), required=False, widget=forms.RadioSelect, initial=""
    )
    desk = forms.ChoiceField(label=_("Or a unit that works at this desk"), required=False)
    office = forms.CharField(label=_("Or an office outside, by its name"), max_length=400, required=False)
    reason = forms.CharField(label=_("Why it goes there, without a name"), max_length=400)

    def __init__(self, data: QueryDict | None, answer: Answer | None, desks: Iterable[Desk]) -> None:
        super().__init__(data)
        found = [*answer.nearest, *answer.further] if answer else []
        self.offices = {one.row: one.listed.office for one in found}
        self.desks = {str(one.public_id): one for one in desks}
        rows, units = self.fields["row"], self.fields["desk"]
        if isinstance(rows, forms.ChoiceField) and isinstance(units, forms.ChoiceField):
            rows.choices = [("", _("None of these")), *((row, office.name) for row, office in self.offices.items())]
            units.choices = [("", "—"), *((key, one.unit.name) for key, one in self.desks.items())]


class SlipForm(forms.Form):
    """Says who of an office outside signed for a report."""

    received_by = forms.CharField(label=_("Who signed: post or badge"), max_length=200)
    received_at = _Moment(label=_("When"))
    slip = forms.FileField(label=_("The signed slip, scanned or photographed"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, passed on
        self.fields["slip"].help_text = file_words()


class LetterForm(forms.Form):
    """Asks for the letter of a transfer; with an FIR's number for the one that goes with that."""

    place = forms.CharField(label=_("Place of the offence, as far as known"), max_length=400, required=False)
    fir = forms.CharField(
        label=_("Number of the zero FIR"),
        max_length=60,
        required=False,
        help_text=_("Only where one was registered irrespective of the area; its letter is issued then."),
    )
    station = forms.CharField(label=_("Where it was registered"), max_length=400, required=False)
    registered_at = _Moment(label=_("When it was registered"), required=False)
    sections = forms.CharField(
        label=_("Charges, one on a line, as the FIR quotes them"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> None:
        """A zero FIR is told whole or not at all."""
        said = self.cleaned_data
        if said.get("fir"):
            for name in ("station", "registered_at", "sections"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, _("An FIR's letter needs this."))


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_("Reason, without a name"), max_length=400)


class AskForm(forms.Form):
    """Asks other units about what was typed."""

    text = forms.CharField(
        label=_("What you look for"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Telephone numbers, addresses, digests, links; or, with a service, one account’s id or name."),
    )
    service = forms.CharField(label=_("With which service, for an account"), max_length=100, required=False)


class TableForm(forms.Form):
    """Brings a unit's own table: as a file, or as the text that was previewed."""

    file = forms.FileField(label=_("The table, a TOML file"), required=False)
    text = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    reason = forms.CharField(label=_("What changed, and where that was read"), max_length=400, required=False)
