"""The forms of subjects; what they leave open, the verbs ask."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kavalan.casework.routing.seen import Identifier, identifiers_in
from kavalan.casework.subjects.linking import Claim
from kavalan.casework.subjects.rules import LINKABLE, Certainty, Closed, Outcome, Side, limits
from kavalan.casework.subjects.services.hypotheses import Hypothesis
from kavalan.casework.subjects.services.watches import Found, Terms
from kavalan.casework.subjects.working import LONGEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.authority.models import Authority
    from kavalan.casework.exhibits.models import Exhibit
    from kavalan.casework.intake.models import Naming, Report
    from kavalan.casework.subjects.models import AccountLink


class _Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _lines() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})


class Things:
    """Reports and exhibits that a form offers, by what their choices send."""

    def __init__(self, reports: Sequence[Report], exhibits: Sequence[Exhibit]) -> None:
        self.by_key: dict[str, Report | Exhibit] = {
            **{f"report:{one.public_id}": one for one in reports},
            **{f"exhibit:{one.public_id}": one for one in exhibits},
        }

    def choices(self, none: str) -> list[tuple[str, str]]:
        """What a select offers, nothing first."""
        return [("", none), *((key, str(one)) for key, one in self.by_key.items())]


class StatementForm(forms.Form):
    """A hypothesis, and how it could be innocent."""

    hypothesis = forms.CharField(
        label=_("The hypothesis, without a name"),
        max_length=LONGEST,
        widget=_lines(),
        help_text=_("That accounts are one person’s, and what that person may have done. Names stay in the reports."),
    )
    innocent_because = forms.CharField(
        label=_("Could be innocent because"),
        max_length=LONGEST,
        widget=_lines(),
        help_text=_("How it could all have happened without guilt: a shared telephone, a stolen account, a like name."),
    )

    @property
    def said(self) -> Hypothesis:
        """Only once the form is valid."""
        return Hypothesis(self.cleaned_data["hypothesis"], self.cleaned_data["innocent_because"])


class RestateForm(StatementForm):
    """Puts a hypothesis anew."""

    reason = forms.CharField(label=_("Why it is put anew"), max_length=400)


class ClaimForm(forms.Form):
    """Says from when until when an account is somebody's, how surely, and why."""

    since = _Day(label=_("Theirs since"), required=False, help_text=_("The first day that is known; empty if none is."))
    until = _Day(label=_("Theirs until"), required=False, help_text=_("Empty while it may still be."))
    certainty = forms.ChoiceField(label=_("How sure"), choices=Certainty, initial=Certainty.POSSIBLE)
    because = forms.CharField(label=_("Why it is theirs, without a name"), max_length=400)

    @property
    def claim(self) -> Claim:
        """Only once the form is valid."""
        said = self.cleaned_data
        return Claim(said["since"], said["until"], Certainty(said["certainty"]), said["because"])


class LinkForm(ClaimForm):
    """Links one account: one that a report of the case names, or one that is typed and rests on what is chosen."""

    account = forms.ChoiceField(label=_("Account"), required=False)
    typed = forms.CharField(
        label=_("Or type one that an exhibit shows"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    service = forms.CharField(label=_("With which service, for an account's own id"), max_length=100, required=False)
    rests_on = forms.ChoiceField(label=_("It stands in"), required=False)

    field_order = ("hypothesis", "innocent_because", "account", "typed", "service", "rests_on", "since", "until")

    def __init__(self, data: QueryDict | None, offered: Sequence[Naming], things: Things) -> None:
        super().__init__(data)
        self._offered = {f"{one.report.public_id}:{one.indicator.public_id}": one for one in offered}
        self._things = things
        named = [(key, _offer(one)) for key, one in self._offered.items()]
        self.fields["account"] = forms.ChoiceField(
            label=_("Account"), required=False, choices=[("", gettext("typed below")), *named]
        )
        self.fields["rests_on"] = forms.ChoiceField(
            label=_("The typed one stands in"), required=False, choices=things.choices(gettext("not chosen"))
        )

    def clean(self) -> None:
        """One account, and what it rests on."""
        said = self.cleaned_data
        if said.get("account"):
            return
        found = identifiers_in(said.get("typed", ""), said.get("service", ""))
        self._typed = [one for one in found if one.kind in LINKABLE]
        if not self._typed:
            self.add_error(
                "account", _("Choose an account, or type a telephone number, an address or the id of an account.")
            )
        elif len({one.value for one in self._typed}) > 1:
            self.add_error("typed", _("Type one account. Others are linked one by one."))
        elif not said.get("rests_on"):
            self.add_error("rests_on", _("Say in which report or exhibit the account stands."))

    @property
    def chosen(self) -> tuple[Identifier, Report | Exhibit]:
        """The account and what it rests on; only once the form is valid."""
        said = self.cleaned_data
        if said["account"]:
            naming = self._offered[said["account"]]
            return Identifier(naming.indicator.kind, naming.indicator.value), naming.report
        return self._typed[0], self._things.by_key[said["rests_on"]]


class OpenForm(StatementForm, LinkForm):
    """Opens a subject with its first account."""


class EvidenceForm(forms.Form):
    """Says what speaks for a hypothesis or against it."""

    side = forms.ChoiceField(label=_("What you enter"), choices=Side, initial=Side.AGAINST)
    text = forms.CharField(label=_("What, without a name"), max_length=LONGEST, widget=_lines())
    points_at = forms.ChoiceField(label=_("Where it stands"), required=False)

    def __init__(self, data: QueryDict | None, things: Things) -> None:
        super().__init__(data)
        self._things = things
        self.fields["points_at"] = forms.ChoiceField(
            label=_("Where it stands"),
            required=False,
            choices=things.choices(gettext("known otherwise, as the words say")),
        )

    @property
    def pointed(self) -> Report | Exhibit | None:
        """What it points at; only once the form is valid."""
        return self._things.by_key.get(self.cleaned_data["points_at"])


class CloseForm(forms.Form):
    """Closes a hypothesis."""

    outcome = forms.ChoiceField(label=_("What became of it"), choices=Closed)
    reason = forms.CharField(label=_("Reason, without a name"), max_length=400)


class FoundForm(forms.Form):
    """Says what a watch was good for."""

    outcome = forms.ChoiceField(label=_("The watch was"), choices=[("", "—"), *Outcome.choices])
    words = forms.CharField(label=_("What came of it, without a name"), max_length=400)

    @property
    def found(self) -> Found:
        """Only once the form is valid."""
        return Found(Outcome(self.cleaned_data["outcome"]), self.cleaned_data["words"])


class WatchForm(forms.Form):
    """Begins a watch."""

    authority = forms.ChoiceField(label=_("Under which authority"))
    purpose = forms.CharField(label=_("What it is for, without a name"), max_length=400)
    officers = forms.MultipleChoiceField(label=_("Who is told (several with Ctrl)"))
    last = _Day(label=_("Its last day"))

    def __init__(
        self, data: QueryDict | None, link: AccountLink, authorities: Sequence[Authority], officers: Sequence[Officer]
    ) -> None:
        super().__init__(data)
        self._authorities = {str(one.public_id): one for one in authorities}
        self._officers = {str(one.public_id): one for one in officers}
        self.fields["authority"] = forms.ChoiceField(
            label=_("Under which authority"), choices=[(key, str(one)) for key, one in self._authorities.items()]
        )
        self.fields["officers"] = forms.MultipleChoiceField(
            label=_("Who is told (several with Ctrl)"),
            widget=forms.SelectMultiple(attrs={"size": 4}),
            choices=[(key, str(one)) for key, one in self._officers.items()],
        )
        most = {"days": limits().watch_days}
        self.fields["last"].help_text = gettext("No later than its authority says, and %(days)d days at most.") % most
        self.link = link

    @property
    def authority_chosen(self) -> Authority:
        """Only once the form is valid."""
        return self._authorities[self.cleaned_data["authority"]]

    @property
    def terms(self) -> Terms:
        """Until the end of the last day in the desk's zone; only once the form is valid."""
        said = self.cleaned_data
        end = datetime.combine(said["last"] + timedelta(days=1), time.min, timezone.get_current_timezone())
        return Terms(said["purpose"], [self._officers[key] for key in said["officers"]], end.astimezone(UTC))


class RenewForm(WatchForm, FoundForm):
    """Renews a watch, and says what came of it so far."""

    field_order = ("outcome", "words")


def _offer(naming: Naming) -> str:
    kind = LINKABLE[naming.indicator.kind]
    return f"{naming.indicator.value} ({kind}), {naming.report}"
