"""What the page of the ledger may be asked for, and what is said when something is taken out of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kavalan.casework.ledger.words import verb_choices

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any
    from uuid import UUID

    from django.http import QueryDict

    from kavalan.casework.accounts.models import Officer

_ANY = ("", _("any"))
_MOST = 2**53
REASON = 400
"""Characters of a reason."""


class _MomentField(forms.DateTimeField):
    """A time in the unit's zone, as browsers ask for it."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class EntriesForm(forms.Form):
    """Which entries; what is wrong is said, since a filter that is passed over would show what nobody asked for.

    Args:
        asked: the query of the address.
        officers: of the viewer's unit; another's id may be asked for all the same.
    """

    officer = forms.UUIDField(label=_("By which officer"), required=False)
    verb = forms.ChoiceField(label=_("What was done"), required=False)
    object = forms.UUIDField(label=_("About which thing, by its id"), required=False)
    authority = forms.UUIDField(label=_("On which authority, by its id"), required=False)
    since = _MomentField(label=_("From"), required=False)
    until = _MomentField(label=_("Until before"), required=False)

    def __init__(self, asked: QueryDict, officers: Iterable[Officer]) -> None:
        super().__init__(asked)
        self._asked = asked
        known = [(str(one.public_id), str(one)) for one in officers]
        other = asked.get("officer", "")
        strange = [(other, other[:8])] if other and other not in dict(known) else []
        self.fields["officer"].widget = forms.Select(choices=[_ANY, *known, *strange])
        verb = self.fields["verb"]
        if isinstance(verb, forms.ChoiceField):
            verb.choices = [_ANY, *verb_choices()]

    @property
    def filters(self) -> str:
        """What was asked, as a query string: what the link to the next page repeats."""
        return urlencode({name: value for name in self.fields if (value := self._asked.get(name))})

    @property
    def before(self) -> int | None:
        """The number of an entry before which the page begins."""
        text = self._asked.get("before", "")
        return min(int(text), _MOST) if text.isascii() and text.isdigit() and len(text) < 20 else None

    @property
    def wanted(self) -> dict[str, UUID | str | Any]:
        """What was asked for, by the names of the fields; only once the form is valid."""
        return {name: value for name, value in self.cleaned_data.items() if value}


class ExtractForm(forms.Form):
    """Asks for an extract of a span of time."""

    since = _MomentField(label=_("From"))
    until = _MomentField(label=_("Until before"))
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The officer reads it, and so does whoever grants the extract."),
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """A span that ends after it begins."""
        said = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        if since is not None and until is not None and until - since <= timedelta(0):
            raise ValidationError(_("The span ends before it begins."))
        return said
