"""Taking files in, and saying what a table's columns mean."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any, get_args

import msgspec
from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kavalan.casework.authority.papers import is_oversized, most_megabytes
from kavalan.casework.intake.models import ColumnMapping
from kavalan.casework.intake.rules import READABLE, Form, form_of
from kavalan.sources import shown
from kavalan.tips import Columns, Meaning

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest, QueryDict

    from kavalan.casework.intake.models import Desk
    from kavalan.tips.head import Head

MEANINGS: Mapping[Meaning, str | Promise] = {
    "number": _("the sender's number of the report"),
    "received": _("when the sender received it"),
    "sender": _("the sender"),
    "incident": _("what kind of incident"),
    "incident_at": _("when it happened"),
    "platform": _("the platform"),
    "priority": _("the sender's priority"),
    "name": _("name of who is reported"),
    "born": _("their date of birth"),
    "account": _("their account"),
    "phone": _("a telephone number"),
    "email": _("an e-mail address"),
    "address": _("a postal address"),
    "ip": _("an IP address"),
    "port": _("the port of that address"),
    "ip_at": _("when that address was used"),
    "file_name": _("name of a file"),
    "md5": _("MD5 of a file"),
    "sha256": _("SHA-256 of a file"),
    "note": _("a note"),
}
"""What a column may mean, for people."""


def meaning_choices() -> list[tuple[str, str | Promise]]:
    """What a column may mean, with nothing first."""
    return [("", _("nothing: kept beside the report")), *((one, MEANINGS.get(one, one)) for one in get_args(Meaning))]


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """One file or several."""

    widget = _Files

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # noqa: ANN401 as Django's own
        """Each as Django cleans one."""
        given = data if isinstance(data, list | tuple) else [data]
        cleaned = super().clean
        return [cleaned(one, initial) for one in given]


class TakeInForm(forms.Form):
    """Takes files in.

    Args:
        request: in which it was posted, or asked for.
        desks: at which the officer takes reports in.
        now: aware UTC.
    """

    desk = forms.ChoiceField(label=_("Intake desk"))
    uploads = _FilesField(label=_("Files"))
    form = forms.ChoiceField(label=_("What they are"), required=False)
    sender = forms.CharField(
        label=_("Who sent them"),
        help_text=_("Where the files do not say it themselves."),
        max_length=200,
        required=False,
    )
    arrived_at = forms.DateTimeField(
        label=_("When they arrived"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, request: HttpRequest, desks: Sequence[Desk], now: datetime) -> None:
        posted = request.method == "POST"
        super().__init__(
            request.POST if posted else None,
            request.FILES if posted else None,
            initial={"arrived_at": timezone.localtime(now)},
        )
        self._desks, self._now = {str(desk.public_id): desk for desk in desks}, now
        self._oversized = posted and is_oversized(request)
        forms_there = [("", _("told by the name of each file")), *((one.value, one.label) for one in READABLE)]
        names = [(key, str(desk.unit)) for key, desk in self._desks.items()]
        self.fields["desk"] = forms.ChoiceField(label=_("Intake desk"), choices=names)
        self.fields["form"] = forms.ChoiceField(label=_("What they are"), choices=forms_there, required=False)
        if len(names) == 1:
            self.fields["desk"].widget = forms.HiddenInput()
            self.initial["desk"] = names[0][0]

    def clean(self) -> dict[str, Any]:
        """Told what to do with what is too large, and which file's form nobody knows."""
        if self._oversized:
            self.errors.pop("uploads", None)
            text = gettext("This is more than %(most)d MB at once. Put it into the drop folder of the desk instead.")
            self.add_error("uploads", text % {"most": most_megabytes()})
        for upload in self.cleaned_data.get("uploads", ()):
            if self.form_of(upload) is None:
                text = gettext("%(name)s: its name does not tell what it is. Say it, and take it in by itself.")
                self.add_error("uploads", text % {"name": shown_name(upload)})
        return self.cleaned_data

    def clean_arrived_at(self) -> datetime:
        """Not after now, as far as a clock of minutes tells."""
        said: datetime = self.cleaned_data["arrived_at"]
        if said > self._now:
            raise forms.ValidationError(_("This lies ahead."))
        return said

    @property
    def desk_chosen(self) -> Desk:
        """At which they are taken in; only once the form is valid."""
        return self._desks[self.cleaned_data["desk"]]

    def form_of(self, upload: UploadedFile[bytes]) -> Form | None:
        """What a file is: as was said, or as its name tells."""
        said = self.cleaned_data.get("form")
        return Form(said) if said else form_of(PurePath(upload.name or "").suffix)


def shown_name(upload: UploadedFile[bytes]) -> str:
    """A file's name, safe to show."""
    return shown((upload.name or "").encode("utf-8", "replace"))


class ColumnsForm(forms.Form):
    """Says what the columns of a table mean: one that is saved, or each by itself.

    Args:
        asked: what was posted, None for an empty form.
        head: the table's first lines.
        saved: the mappings of the unit, the newest version of each name.
    """

    saved = forms.ChoiceField(label=_("Saved meaning of columns"), required=False)
    name = forms.CharField(label=_("Save it as"), help_text=_("The partner's name."), max_length=100, required=False)
    zone = forms.CharField(label=_("Time zone of times that name none"), max_length=60, initial="Asia/Kolkata")
    order = forms.ChoiceField(
        label=_("Order in dates"),
        choices=[("dmy", _("day, month, year")), ("mdy", _("month, day, year")), ("ymd", _("year, month, day"))],
    )
    sender = forms.CharField(label=_("Sender of all rows"), max_length=200, required=False)
    skip = forms.IntegerField(label=_("Lines before the header"), min_value=0, max_value=1000, initial=0)
    delimiter = forms.ChoiceField(
        label=_("Between cells"),
        choices=[("", _("found by itself")), (",", ","), (";", ";"), ("\t", _("tabulator")), ("|", "|")],
        required=False,
    )

    def __init__(self, asked: QueryDict | None, head: Head, saved: Sequence[ColumnMapping]) -> None:
        super().__init__(asked)
        self._saved = {str(one.public_id): one for one in saved}
        self._header = head.header
        options = [("", _("none: as said below")), *((key, str(one)) for key, one in self._saved.items())]
        self.fields["saved"] = forms.ChoiceField(label=self.fields["saved"].label, choices=options, required=False)
        fitting = [key for key, one in self._saved.items() if fits(one, head)]
        if fitting:
            self.initial["saved"] = fitting[0]
        for number, name in enumerate(self._header):
            self.fields[f"column_{number}"] = forms.ChoiceField(label=name, choices=meaning_choices(), required=False)

    def clean(self) -> dict[str, Any]:
        """What is said must hold together, and have a name to be saved under."""
        if self.cleaned_data.get("saved") or self.errors:
            return self.cleaned_data
        if not any(self.cleaned_data[f"column_{number}"] for number in range(len(self._header))):
            self.add_error(None, _("Say of one column at least what it means."))
        else:
            try:
                self.columns  # noqa: B018 built to see whether it can be
            except (msgspec.ValidationError, ValueError) as error:
                self.add_error(None, str(error))
        return self.cleaned_data

    @property
    def chosen(self) -> ColumnMapping | None:
        """The saved one that was chosen; only once the form is valid."""
        return self._saved.get(self.cleaned_data["saved"])

    @property
    def columns(self) -> Columns:
        """What was chosen or said.

        Raises:
            ValueError: it does not hold together.
        """
        if (saved := self._saved.get(self.cleaned_data.get("saved", ""))) is not None:
            return msgspec.convert(saved.columns, Columns)
        said = self.cleaned_data
        meaning = {name: said[f"column_{number}"] for number, name in enumerate(self._header)}
        return msgspec.convert(
            {
                "meaning": {name: means for name, means in meaning.items() if means},
                **{name: said[name] for name in ("zone", "order", "sender", "skip", "delimiter")},
            },
            Columns,
        )


def fits(saved: ColumnMapping, head: Head) -> bool:
    """Whether a table has every column to which a saved mapping gives a meaning."""
    return set(saved.columns["meaning"]) <= set(head.header)
