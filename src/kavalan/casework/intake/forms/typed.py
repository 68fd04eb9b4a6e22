"""The forms of what is told or seen: each asks first whether a child is in danger now."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from kavalan.casework.intake.indicators import CHANNEL
from kavalan.casework.intake.rules import Form
from kavalan.casework.intake.typed import Someone, Typed, tip_of_typed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import QueryDict

    from kavalan.casework.intake.models import Desk
    from kavalan.tips.triage import FactName

_ANSWERS = [("yes", _("yes")), ("no", _("no")), ("unknown", _("not known"))]
_LONGEST = 20_000
# The browser keeps nothing of a name, and sends nothing of it to whoever checks spelling.
_UNKEPT = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}


def _answer(label: Any) -> forms.ChoiceField:  # noqa: ANN401 a text or its translation
    return forms.ChoiceField(label=label, choices=_ANSWERS, widget=forms.RadioSelect, initial="unknown")


def _line(label: Any, hint: Any = "", *, longest: int = 200, required: bool = False) -> forms.CharField:  # noqa: ANN401
    widget = forms.TextInput(attrs=dict(_UNKEPT))
    return forms.CharField(label=label, help_text=hint, max_length=longest, required=required, widget=widget)


def _text(label: Any, hint: Any = "", *, required: bool = False, rows: int = 3) -> forms.CharField:  # noqa: ANN401
    widget = forms.Textarea(attrs={**_UNKEPT, "rows": rows})
    return forms.CharField(label=label, help_text=hint, max_length=_LONGEST, required=required, widget=widget)


def _time(label: Any, hint: Any = "", *, required: bool = True) -> forms.DateTimeField:  # noqa: ANN401
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, help_text=hint, required=required, widget=widget)


class TypedForm(forms.Form):
    """What every one of them has.

    Args:
        asked: what was posted, None for an empty form.
        desks: at which the officer takes reports in.
        now: aware UTC; what was told is told now where nothing else is said.
    """

    asks: ClassVar[Mapping[str, FactName]] = {"danger_now": "danger_now"}
    """Fields that are answered yes, no or not known, each with the fact that it is."""

    def __init__(self, asked: QueryDict | None, desks: Sequence[Desk], now: datetime) -> None:
        super().__init__(asked, initial={"arrived_at": timezone.localtime(now)})
        self._desks, self._now = {str(desk.public_id): desk for desk in desks}, now
        names = [(key, str(desk.unit)) for key, desk in self._desks.items()]
        self.fields["desk"] = forms.ChoiceField(label=_("Intake desk"), choices=names)
        if len(names) == 1:
            self.fields["desk"].widget = forms.HiddenInput()
            self.initial["desk"] = names[0][0]

    def clean_arrived_at(self) -> datetime:
        """Not after now, as far as a clock of minutes tells."""
        said: datetime = self.cleaned_data["arrived_at"]
        if said > self._now:
            raise forms.ValidationError(_("This lies ahead."))
        return said

    @property
    def desk(self) -> Desk:
        """At which it is entered; only once the form is valid."""
        return self._desks[self.cleaned_data["desk"]]

    @property
    def answers(self) -> dict[FactName, bool]:
        """What was answered yes or no; only once the form is valid."""
        given = {fact: self.cleaned_data[name] for name, fact in self.asks.items()}
        return {fact: answer == "yes" for fact, answer in given.items() if answer in {"yes", "no"}}

    @property
    def typed(self) -> Typed:
        """What was said; only once the form is valid."""
        raise NotImplementedError

    def someone(self, prefix: str) -> Someone:
        """Whoever the fields with a prefix are about; only once the form is valid."""
        said = {
            name.removeprefix(prefix): value for name, value in self.cleaned_data.items() if name.startswith(prefix)
        }
        return Someone(**said)


class CallForm(TypedForm):
    """A telephone call or a walk-in."""

    asks = {
        "danger_now": "danger_now",
        "speaks": "child_reports",
        "access": "access_to_child",
        "self_harm": "self_harm_threat",
    }

    danger_now = _answer(_("Is a child in danger now?"))
    speaks = _answer(_("Is it the child who speaks?"))
    way = forms.ChoiceField(
        label=_("How it came"), choices=[(one.value, one.label) for one in (Form.PHONE, Form.WALK_IN)]
    )
    arrived_at = _time(_("When"))
    language = _line(_("Language in which they speak"), longest=60)
    safe = _text(
        _("Safe time and safe way to call back"), _("Who may hear, who may pick up, what must not be said."), rows=2
    )
    happened = _text(_("What is told"), _("In their words."), required=True, rows=6)
    endangered = _text(_("Who is endangered, and where"), rows=2)
    access = _answer(_("Can the person who is reported reach a child?"))
    self_harm = _answer(_("Does anybody speak of harming themselves?"))
    child_name = _line(_("Name of the child"), _("Sealed: everywhere else a pseudonym stands."))
    child_age = _line(_("Age of the child"), longest=40)
    child_address = _line(_("Where the child lives or stays"), _("Sealed."), longest=400)
    reported_name = _line(_("Who is reported"))
    reported_phone = _line(_("Their telephone number"), longest=60)
    reported_service = _line(_("On which service"))
    reported_account = _line(_("Their account there"))
    caller_name = _line(_("Who reports"))
    caller_phone = _line(_("How to reach them"), longest=100)
    confidential = forms.BooleanField(
        label=_("They want not to be named: their name and number are sealed"), required=False, initial=True
    )

    @property
    def typed(self) -> Typed:
        """What was said; only once the form is valid."""
        said, form = self.cleaned_data, Form(self.cleaned_data["way"])
        answers = self.answers
        # A child who reports is a child first.
        caller = self.someone("caller_").as_person("victim" if answers.get("child_reports") else "reporter")
        passages = {
            gettext_noop("What is told"): said["happened"],
            gettext_noop("Who is endangered, and where"): said["endangered"],
            gettext_noop("Safe time and safe way to call back"): said["safe"],
            gettext_noop("Language"): said["language"],
        }
        people = [self.someone("reported_").as_person("reported"), self.someone("child_").as_person("victim"), caller]
        tip = tip_of_typed(form, said["arrived_at"], people=people, passages=passages)
        return Typed(form, tip, said["arrived_at"], answers, said["confidential"])


class RuleElevenForm(TypedForm):
    """A report under rule 11 of the POCSO Rules, 2020: material that somebody came upon, and on what."""

    danger_now = _answer(_("Is a child in danger now?"))
    arrived_at = _time(_("When it was reported"))
    noticed_on = _line(
        _("Device on which it was noticed"), _("What it is and whose: rule 11(2) asks for it."), required=True
    )
    source_device = _line(_("Device from which it is suspected to come"))
    platform = _line(_("Platform on which it was shown"))
    noticed_at = _time(_("When it was noticed"), required=False)
    happened = _text(
        _("What is reported"), _("In words. Nothing is attached and nothing is fetched."), required=True, rows=6
    )
    reported_account = _line(_("Account that shared it"))
    caller_name = _line(_("Who reports"))
    caller_phone = _line(_("How to reach them"), longest=100)
    confidential = forms.BooleanField(
        label=_("They want not to be named: their name and number are sealed"), required=False, initial=True
    )

    @property
    def typed(self) -> Typed:
        """What was said; only once the form is valid."""
        said = self.cleaned_data
        reported = Someone(service=said["platform"], account=said["reported_account"]).as_person("reported")
        passages = {
            gettext_noop("Device on which it was noticed"): said["noticed_on"],
            gettext_noop("Device from which it is suspected to come"): said["source_device"],
            gettext_noop("What is reported"): said["happened"],
        }
        tip = tip_of_typed(
            Form.RULE_11,
            said["arrived_at"],
            people=[reported, self.someone("caller_").as_person("reporter")],
            passages=passages,
            platform=said["platform"],
            incident_at=said["noticed_at"],
        )
        return Typed(Form.RULE_11, tip, said["arrived_at"], self.answers, said["confidential"])


class AddressForm(TypedForm):
    """Addresses that somebody reported. Nothing is fetched."""

    danger_now = _answer(_("Is a child in danger now?"))
    arrived_at = _time(_("When it was reported"))
    addresses = _text(
        _("Addresses, one a line"), _("As they were given, with or without http. Nobody follows them."), required=True
    )
    platform = _line(_("Where they were seen"))
    happened = _text(_("What is said of them"))
    caller_name = _line(_("Who reports"))
    caller_phone = _line(_("How to reach them"), longest=100)
    confidential = forms.BooleanField(
        label=_("They want not to be named: their name and number are sealed"), required=False, initial=True
    )

    @property
    def typed(self) -> Typed:
        """What was said; only once the form is valid."""
        said = self.cleaned_data
        lines = [
            (gettext_noop("Reported address"), line.strip()) for line in said["addresses"].splitlines() if line.strip()
        ]
        tip = tip_of_typed(
            Form.ADDRESS,
            said["arrived_at"],
            people=[self.someone("caller_").as_person("reporter")],
            passages=[*lines, (gettext_noop("What is said of them"), said["happened"])],
            platform=said["platform"],
        )
        return Typed(Form.ADDRESS, tip, said["arrived_at"], self.answers, said["confidential"])


class ChannelForm(TypedForm):
    """A channel or a group that an officer observed, as it stood there. Nothing is fetched."""

    danger_now = _answer(_("Is a child in danger now?"))
    arrived_at = _time(_("When you saw it"))
    platform = _line(_("Platform"), required=True)
    handle = _line(_("By what name it is called there"), _("As @example."), required=True)
    link = _line(_("Link to it"), _("It is kept as text, and nobody follows it."), longest=400)
    members = forms.IntegerField(label=_("Members, as it states"), min_value=0, max_value=10**9, required=False)
    administrators = _text(_("Administrators, one account a line"))
    basis = _line(
        _("Authority under which you looked"), _("Its reference, or the entry in the general diary."), required=True
    )
    happened = _text(_("What you saw"), _("In words."), required=True, rows=6)
    screenshot = forms.CharField(
        label=_("SHA-256 of your screenshot"),
        help_text=_("`kavalan hash FILE` prints it. The picture itself stays where you keep evidence."),
        max_length=64,
        required=False,
        validators=[RegexValidator(r"\A[0-9A-Fa-f]{64}\Z", _("It has 64 hexadecimal digits."))],
    )

    @property
    def typed(self) -> Typed:
        """What was said; only once the form is valid."""
        said = self.cleaned_data
        names = [line.strip() for line in said["administrators"].splitlines() if line.strip()]
        people = [Someone(service=said["platform"], account=name).as_person("reported") for name in names]
        members = "" if said["members"] is None else str(said["members"])
        passages = {
            CHANNEL: said["handle"],
            gettext_noop("Link"): said["link"],
            gettext_noop("Members, as it states"): members,
            gettext_noop("Authority"): said["basis"],
            gettext_noop("What was seen"): said["happened"],
        }
        tip = tip_of_typed(
            Form.CHANNEL,
            said["arrived_at"],
            people=people,
            passages=passages,
            platform=said["platform"],
            screenshot=said["screenshot"],
        )
        return Typed(Form.CHANNEL, tip, said["arrived_at"], self.answers, confidential=False)
