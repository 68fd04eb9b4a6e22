"""The forms of custody; moments are typed in the desk's zone."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kavalan.casework.authority.forms import file_words
from kavalan.casework.custody.memo import Memo
from kavalan.casework.custody.telling import Found, Party, Told
from kavalan.casework.custody.words import Isolation, Part, SealState, Sort, What

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime

    from django.http import QueryDict
    from django.utils.functional import _StrPromise

    from kavalan.casework.access.models import Compartment
    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.authority.models import Authority
    from kavalan.casework.custody.models import Handled
    from kavalan.casework.exhibits.models import Exhibit

_TYPED = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "enterkeyhint": "next"}
_WORDS = {"autocomplete": "off", "enterkeyhint": "next"}
_DIGITS = {**_TYPED, "inputmode": "numeric"}


class Moment(forms.DateTimeField):
    """A time as browsers send it, to the second where somebody types seconds."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S")

    def to_python(self, value: str | datetime | date | None) -> datetime | None:
        """In UTC."""
        moment = super().to_python(value)
        return moment.astimezone(UTC) if moment else None


def _text(
    label: str | _StrPromise, most: int, attrs: dict[str, str] | None = None, *, required: bool = False
) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, widget=forms.TextInput(attrs=attrs))


def seal_states() -> list[tuple[str, str | _StrPromise]]:
    """How a seal may have been found."""
    return [(state.value, state.label) for state in SealState]


FIELDS: Final[Mapping[str, Callable[[], forms.Field]]] = {
    "taker_words": lambda: _text(_("Who took it: office, laboratory or court; an owner by pseudonym"), 120),
    "giver_words": lambda: _text(_("Who gave it"), 120),
    "place": lambda: _text(_("Where"), 200),
    "reference": lambda: _text(_("Its reference there, or the order's"), 60, _TYPED),
    "due_at": lambda: Moment(label=_("When it should be done, if a day was agreed"), required=False),
    "seal": lambda: _text(_("Seal number"), 60, _TYPED),
    "seal_state": lambda: forms.ChoiceField(label=_("How the seal was found"), choices=seal_states, required=False),
    "opened": lambda: forms.BooleanField(label=_("It was opened there and sealed anew"), required=False),
    "isolation": lambda: forms.ChoiceField(
        label=_("Isolation"), choices=[(one.value, one.label) for one in Isolation], required=False
    ),
    "shown_at": lambda: Moment(label=_("What the device's clock showed, as it stood there")),
    "step": lambda: forms.TypedChoiceField(
        label=_("The device shows"), choices=[(60, _("hours and minutes")), (1, _("seconds too"))], coerce=int
    ),
    "within": lambda: forms.IntegerField(
        label=_("By how many seconds the true time may have been off"), min_value=0, max_value=3600, initial=2
    ),
    "report": lambda: forms.RegexField(
        r"^[0-9a-fA-F]{64}$", label=_("SHA-256 of the report"), required=False, strip=True, max_length=64
    ),
    "note": lambda: _text(_("How the thing was; nothing about a person"), 400),
}
_ASKED: Final = {
    What.COLLECTED: ("place", "seal", "isolation", "note"),
    What.OFFERED: ("place",),
    What.ACCEPTED: ("place", "seal", "seal_state", "note"),
    What.SLIP: ("place",),
    What.STORED: ("place", "seal", "seal_state", "note"),
    What.SEALED: ("seal", "note"),
    What.UNSEALED: ("seal", "seal_state", "place", "note"),
    What.LAB_OUT: ("taker_words", "reference", "due_at", "seal", "seal_state", "note"),
    What.LAB_BACK: ("giver_words", "reference", "seal", "seal_state", "opened", "report", "note"),
    What.COURT_OUT: ("taker_words", "reference", "seal", "seal_state", "note"),
    What.COURT_BACK: ("giver_words", "reference", "seal", "seal_state", "opened", "note"),
    What.GIVEN_BACK: ("taker_words", "reference", "seal", "seal_state", "note"),
    What.OBSERVED: ("place", "seal", "seal_state", "isolation", "note"),
    What.CLOCK_READ: ("shown_at", "step", "within", "note"),
}
_NEEDED: Final = {
    What.SEALED: ("seal",),
    What.STORED: ("place",),
    What.LAB_OUT: ("taker_words",),
    What.LAB_BACK: ("giver_words",),
    What.COURT_OUT: ("taker_words",),
    What.COURT_BACK: ("giver_words",),
    What.GIVEN_BACK: ("taker_words",),
}


class EventForm(forms.Form):
    """Enters an event of one kind; what is left empty is unknown.

    Args:
        what: the kind.
        asked: what was posted, None for an empty form.
        initial: what stands there already.
    """

    at = Moment(label=_("When it happened"))

    def __init__(self, what: What, asked: QueryDict | None, initial: dict[str, object]) -> None:
        super().__init__(asked, initial={"at": timezone.now(), **initial})
        self.what = what
        if what == What.CLOCK_READ:
            self.fields["at"].label = _("The true time at that moment")
        for name in _ASKED[what]:
            field = FIELDS[name]()
            field.required = field.required or name in _NEEDED.get(what, ())
            self.fields[name] = field

    def told(self, giver: Party, taker: Party) -> Told:
        """What was said; only once the form is valid."""
        said = self.cleaned_data
        return Told(
            self.what,
            said["at"],
            Party(words=said["giver_words"]) if said.get("giver_words") else giver,
            Party(words=said["taker_words"]) if said.get("taker_words") else taker,
            said.get("place", ""),
            said.get("reference", ""),
            said.get("due_at"),
            bytes.fromhex(said["report"]) if said.get("report") else None,
            Found(
                said.get("seal", ""),
                SealState(said.get("seal_state") or ""),
                said.get("isolation", ""),
                said.get("opened", False),
                said.get("shown_at"),
                said.get("step"),
                said.get("within"),
                said.get("note", ""),
            ),
        )


class CorrectForm(EventForm):
    """Enters what an entry should have said, or that it did not happen.

    Args:
        share: what was said of the thing.
        asked: what was posted, None for an empty form.
    """

    def __init__(self, share: Handled, asked: QueryDict | None) -> None:
        event = share.event
        names = ("at", "giver_words", "taker_words", "place", "reference", "due_at")
        initial: dict[str, object] = {name: getattr(event, name) for name in names}
        initial |= {name: getattr(share, name) for name in ("seal", "seal_state", "isolation", "opened", "note")}
        initial |= {"shown_at": share.shown_at, "step": share.step, "within": share.within}
        super().__init__(What(event.what), asked, initial | {"report": event.report_hex})
        if event.what != What.COLLECTED:
            self.fields["struck"] = forms.BooleanField(label=_("It did not happen at all"), required=False)
        self.fields["why"] = _text(_("Why the entry was wrong"), 400, required=True)
        self._event = event

    def clean(self) -> None:
        """What did not happen needs nothing but the reason."""
        if self.cleaned_data.get("struck"):
            for name in [name for name in self.errors if name != "why"]:
                del self.errors[name]

    @property
    def corrected(self) -> Told | None:
        """What the entry should have said, None where it did not happen; only once the form is valid."""
        if self.cleaned_data.get("struck"):
            return None
        event = self._event
        return self.told(Party(event.giver, event.giver_words), Party(event.taker, event.taker_words))


class OfferForm(forms.Form):
    """Hands things over.

    Args:
        asked: what was posted, None for an empty form.
        receivers: officers who may see the things.
    """

    to = forms.ChoiceField(label=_("Who is to receive it"), required=False)
    to_words = _text(_("Or somebody who does not work at this desk: badge and office, no name"), 120)
    at = Moment(label=_("When it was given"))
    place = _text(_("Where"), 200)

    def __init__(self, asked: QueryDict | None, receivers: Sequence[Officer]) -> None:
        super().__init__(asked, initial={"at": timezone.now()})
        self._receivers = {str(officer.public_id): officer for officer in receivers}
        named = [(key, f"{officer.name}, {officer.unit}") for key, officer in self._receivers.items()]
        field = self.fields["to"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Choose")), *named]

    def clean(self) -> None:
        """One of both."""
        if bool(self.cleaned_data.get("to")) == bool(self.cleaned_data.get("to_words")):
            self.add_error("to", _("Choose an officer of the desk, or write who else it is."))

    @property
    def party(self) -> Party:
        """Who is to receive it; only once the form is valid."""
        chosen = self._receivers.get(self.cleaned_data["to"])
        return Party(chosen) if chosen else Party(words=self.cleaned_data["to_words"])


class AcceptForm(forms.Form):
    """Accepts a hand-over."""

    at = Moment(label=_("When you received it"))
    place = _text(_("Where"), 200)
    seal_state = forms.ChoiceField(label=_("How the seals were found"), choices=seal_states, required=False)
    note = _text(_("How the things were; nothing about a person"), 400)

    def __init__(self, asked: QueryDict | None = None) -> None:
        super().__init__(asked, initial={"at": timezone.now()}, auto_id="accept_%s")

    @property
    def found(self) -> Found:
        """How the things were; only once the form is valid."""
        return Found(seal_state=SealState(self.cleaned_data["seal_state"]), note=self.cleaned_data["note"])


class SlipForm(forms.Form):
    """Brings the scan of a signed slip."""

    at = Moment(label=_("When it was received, as the slip says"))
    file = forms.FileField(label=_("The signed slip, scanned or photographed"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **{"auto_id": "slip_%s", **kwargs})  # type: ignore[arg-type]  # Django's own arguments
        self.fields["file"].help_text = file_words()


class SeizeForm(forms.Form):
    """Begins a seizure: what its memo says of the search.

    Args:
        asked: what was posted, None for an empty form.
        authorities: those that permit to collect.
        rooms: compartments in which the officer keeps things.
    """

    authority = forms.ChoiceField(label=_("Authority"))
    compartment = forms.ChoiceField(label=_("Compartment in which it is kept"))
    reference = _text(_("Reference of the memo"), 60, _TYPED, required=True)
    at = Moment(label=_("When it was seized"))
    place = _text(_("Where; no name"), 200)
    seized_by_words = _text(_("Who seized it, if not you: badge and station, no name"), 120)
    witnesses = forms.IntegerField(
        label=_("How many witnesses signed"),
        min_value=0,
        max_value=99,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    recording = forms.RegexField(
        r"^[0-9a-fA-F]{64}$", label=_("SHA-256 of the recording of the search (BNSS s. 105)"), required=False
    )
    forwarded_to = _text(_("To which magistrate the recording was forwarded, by office"), 200)
    forwarded_at = Moment(label=_("When it was forwarded"), required=False)
    reasons_at = Moment(
        label=_("When the reasons were recorded, for a search without a warrant (BNSS s. 185)"), required=False
    )

    def __init__(self, asked: QueryDict | None, authorities: Sequence[Authority], rooms: Sequence[Compartment]) -> None:
        super().__init__(asked, initial={"at": timezone.now()})
        self._authorities = {str(one.public_id): one for one in authorities}
        self._rooms = {str(room.public_id): room for room in rooms}
        choices = {
            "authority": [(key, str(one)) for key, one in self._authorities.items()],
            "compartment": [(key, room.name) for key, room in self._rooms.items()],
        }
        for name, options in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = options if len(options) == 1 else [("", _("Choose")), *options]

    def clean(self) -> None:
        """To whom and when, or neither."""
        said = self.cleaned_data
        if bool(said.get("forwarded_to")) != bool(said.get("forwarded_at")):
            self.add_error("forwarded_at", _("Say both to whom it was forwarded and when, or neither."))
        if said.get("forwarded_to") and not said.get("recording"):
            self.add_error("recording", _("Say which recording was forwarded."))

    @property
    def authority_chosen(self) -> Authority:
        """Only once the form is valid."""
        return self._authorities[self.cleaned_data["authority"]]

    @property
    def room(self) -> Compartment:
        """Only once the form is valid."""
        return self._rooms[self.cleaned_data["compartment"]]

    @property
    def memo(self) -> Memo:
        """What the memo says; only once the form is valid."""
        said = self.cleaned_data
        return Memo(
            said["at"],
            said["place"],
            said["seized_by_words"],
            said["witnesses"],
            said["reasons_at"],
            said["recording"],
            said["forwarded_to"],
            said["forwarded_at"],
        )


class RowForm(forms.Form):
    """One thing, a field at a time: Enter, as a scanner sends it, goes on to the next that is empty."""

    imei = _text(_("IMEI (*#06# shows it; scan or type)"), 20, _DIGITS)
    seal = _text(_("Seal number (scan or type)"), 60, _TYPED)
    reference = _text(_("Reference on the memo"), 60, _TYPED)
    sort = forms.ChoiceField(label=_("What it is"), choices=Sort, required=False)
    make = _text(_("Make"), 60, _WORDS)
    model = _text(_("Model"), 60, _WORDS)
    imei_2 = _text(_("Second IMEI"), 20, _DIGITS)
    serial = _text(_("Serial number"), 60, _TYPED)
    iccid = _text(_("Number of the SIM card"), 24, _DIGITS)
    isolation = forms.ChoiceField(
        label=_("Isolation"), choices=[(one.value, one.label) for one in Isolation], required=False
    )
    note = _text(_("How the thing was; nothing about a person"), 400)
    as_shown = forms.BooleanField(label=_("The numbers stand there so, though a digit does not fit"), required=False)


class RecordingForm(forms.Form):
    """Says which recording was made of a search."""

    sha256 = forms.RegexField(r"^[0-9a-fA-F]{64}$", label=_("SHA-256 of the recording"))
    to = _text(_("To which magistrate it was forwarded, by office"), 200)
    at = Moment(label=_("When it was forwarded"), required=False)


class ForwardForm(forms.Form):
    """Says to whom a recording was forwarded."""

    to = _text(_("To which magistrate, by office"), 200, required=True)
    at = Moment(label=_("When it was forwarded"))


class DrawForm(forms.Form):
    """Says which exhibit was made from a thing.

    Args:
        asked: what was posted, None for an empty form.
        exhibits: of which nobody said so far from what they were made.
    """

    exhibit = forms.ChoiceField(label=_("Exhibit"))
    part = forms.ChoiceField(label=_("Made from"), choices=Part)

    def __init__(self, asked: QueryDict | None, exhibits: Sequence[Exhibit]) -> None:
        super().__init__(asked, auto_id="draw_%s")
        self._exhibits = {str(one.public_id): one for one in exhibits}
        field = self.fields["exhibit"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(key, one.reference) for key, one in self._exhibits.items()]

    @property
    def chosen(self) -> Exhibit:
        """Only once the form is valid."""
        return self._exhibits[self.cleaned_data["exhibit"]]
