"""The forms that record an authority and declare an override."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kavalan.casework.authority.papers import KINDS, most_megabytes
from kavalan.casework.authority.rules import Account, Activity, Basis, DataKind, Grounds, Kind, Span

if TYPE_CHECKING:
    from datetime import date


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _days(first: date, last: date) -> Span:
    """From the beginning of the first day to the end of the last, in the desk's zone."""
    zone = timezone.get_current_timezone()
    start, end = (datetime.combine(day, time.min, zone) for day in (first, last + timedelta(days=1)))
    return Span(start.astimezone(UTC), end.astimezone(UTC))


class _Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"})


class RecordForm(forms.Form):
    """Records an authority; each activity has a first and a last day, and one without both is not permitted."""

    # A report brings its own; nobody types one.
    kind = forms.ChoiceField(
        label=_("What sort of paper"), choices=[choice for choice in Kind.choices if choice[0] != Kind.PRELIMINARY]
    )
    reference = forms.CharField(label=_("Its reference"), max_length=200)
    giver = forms.CharField(
        label=_("Who gave it (for a consent a pseudonym as P-17; for a duty its section)"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "pseudonyms", "autocomplete": "off"}),
    )
    file = forms.FileField(label=_("The paper's file"), required=False)
    paper = forms.CharField(
        label=_("SHA-256 of the paper's file, where it is kept elsewhere"), max_length=64, required=False
    )
    kept_at = forms.CharField(label=_("Where the paper lies"), max_length=200, required=False)
    exhibits = forms.CharField(
        label=_("Exhibits that it names, one a line"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    accounts = forms.CharField(
        label=_("Accounts that it names, one a line: the platform, a space, the platform's own id"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of data that it opens (several with Ctrl)"),
        choices=DataKind,
        initial=[kind.value for kind in DataKind],
        widget=forms.SelectMultiple(attrs={"size": 4}),
    )
    data_first = _Day(label=_("Data from this day on, if it says so"), required=False)
    data_last = _Day(label=_("Data until this day, if it says so"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, passed on
        self.fields["file"].help_text = file_words()
        for activity in Activity:
            words = {"activity": activity.label}
            self.fields[f"first_{activity.value}"] = _Day(label=_("To %(activity)s: first day") % words, required=False)
            self.fields[f"last_{activity.value}"] = _Day(label=_("To %(activity)s: last day") % words, required=False)

    def clean(self) -> None:
        """Dates come in pairs, and an account has a platform and an id."""
        for first, last in [("data_first", "data_last"), *((f"first_{a.value}", f"last_{a.value}") for a in Activity)]:
            if bool(self.cleaned_data.get(first)) != bool(self.cleaned_data.get(last)):
                self.add_error(last, _("Both days or neither: no end is left open."))
        if any(len(line.split(maxsplit=1)) < 2 for line in _lines(self.cleaned_data.get("accounts", ""))):
            self.add_error("accounts", _("Each line holds a platform, a space, and an id."))

    @property
    def grounds(self) -> Grounds:
        """What was said; only once the form is valid."""
        said = self.cleaned_data
        spans = {
            activity: _days(said[f"first_{activity.value}"], said[f"last_{activity.value}"])
            for activity in Activity
            if said[f"first_{activity.value}"]
        }
        accounts = frozenset(Account(*line.split(maxsplit=1)) for line in _lines(said["accounts"]))
        dates = _days(said["data_first"], said["data_last"]) if said["data_first"] else None
        return Grounds(
            spans, frozenset(_lines(said["exhibits"])), accounts, dates, frozenset(map(DataKind, said["kinds"]))
        )

    @property
    def basis(self) -> Basis:
        """Where it comes from; only once the form is valid."""
        said = self.cleaned_data
        return Basis(said["giver"].strip(), said["paper"].strip().lower(), said["kept_at"].strip())


class PaperForm(forms.Form):
    """Adds a file to an authority that is recorded."""

    file = forms.FileField(label=_("The file"))
    title = forms.CharField(label=_("What it is, without a name: “order of 3 March, until 3 June”"), max_length=200)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, passed on
        self.fields["file"].help_text = file_words()


def file_words() -> str:
    """Which files are taken, and how large ones."""
    said = {"kinds": ", ".join(KINDS.values()), "most": most_megabytes()}
    return gettext("%(kinds)s; at most %(most)d MB. It is kept encrypted in the vault, and not shown here.") % said


class OverrideForm(forms.Form):
    """Declares an emergency override."""

    activity = forms.ChoiceField(label=_("What must be done"), choices=Activity)
    reason = forms.CharField(label=_("Why it cannot wait for a paper"), max_length=400)
