"""The forms that seal a name. What was typed into one is never sent back, not even to be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from kavalan.casework.identities.rules import BORN, LONGEST, Kind, Particulars

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

    from kavalan.casework.access.models import Compartment

# The browser keeps nothing of it, and sends nothing of it to whoever checks spelling.
_UNKEPT = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}


class _Line(forms.TextInput):
    def __init__(self) -> None:
        super().__init__(attrs=dict(_UNKEPT))

    def format_value(self, _value: object) -> None:
        return None


class _Lines(forms.Textarea):
    def __init__(self) -> None:
        super().__init__(attrs={**_UNKEPT, "rows": 2})

    def format_value(self, _value: object) -> None:
        return None


class ParticularsForm(forms.Form):
    """What is sealed."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST["name"], widget=_Line)
    other_names = forms.CharField(
        label=_("Other names, other spellings"), max_length=LONGEST["other_names"], required=False, widget=_Line
    )
    born = forms.CharField(
        label=_("Born"),
        help_text=_("As 2015-04-09; as 2015-04 or 2015 where no more is known."),
        max_length=LONGEST["born"],
        required=False,
        validators=[RegexValidator(rf"\A{BORN}\Z", _("Write it as 2015-04-09, 2015-04 or 2015."))],
        widget=_Line,
    )
    contact = forms.CharField(
        label=_("How to reach the person"),
        help_text=_("With the time and the way that are safe."),
        max_length=LONGEST["contact"],
        required=False,
        widget=_Lines,
    )
    guardian = forms.CharField(
        label=_("Who answers for a child"),
        help_text=_("And how to reach them."),
        max_length=LONGEST["guardian"],
        required=False,
        widget=_Lines,
    )
    address = forms.CharField(
        label=_("Where the person lives or stays"), max_length=LONGEST["address"], required=False, widget=_Lines
    )
    notes = forms.CharField(
        label=_("What else tells who it is"),
        help_text=_("School, family, neighbourhood: what the law forbids to publish as it forbids the name."),
        max_length=LONGEST["notes"],
        required=False,
        widget=_Lines,
    )

    @property
    def particulars(self) -> Particulars:
        """What was said; only once the form is valid."""
        return Particulars(**{name: self.cleaned_data[name] for name in LONGEST})


class SealForm(ParticularsForm):
    """Seals a name.

    Args:
        asked: what was posted, None for an empty form.
        rooms: compartments in which the officer may seal one.
    """

    kind = forms.ChoiceField(label=_("Whose name it is"), choices=Kind)
    compartment = forms.ChoiceField(label=_("Where the pseudonym is known"))

    field_order = ("kind", "compartment")

    def __init__(self, asked: QueryDict | None, rooms: Iterable[Compartment]) -> None:
        super().__init__(asked)
        self._rooms = {str(room.public_id): room for room in rooms}
        options = [(key, room.name) for key, room in self._rooms.items()]
        field = self.fields["compartment"]
        if isinstance(field, forms.ChoiceField):
            field.choices = options if len(options) == 1 else [("", _("Choose")), *options]

    @property
    def room(self) -> Compartment:
        """Where it will lie; only once the form is valid."""
        return self._rooms[self.cleaned_data["compartment"]]


class CorrectForm(ParticularsForm):
    """Seals anew what is right, whole: what was sealed before is not shown."""

    # Not sent back either: it may be refused because a name stands in it.
    reason = forms.CharField(label=_("Reason, without a name"), max_length=400, widget=_Line)
