"""What an authority allows, as plain functions: no database, no clock."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from kavalan.casework.authority.limits import limits
from kavalan.casework.authority.scope import Account, DataKind, KnownAccount, Scope, Span, scope_fault

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

__all__ = [
    "Account",
    "Activity",
    "Basis",
    "DataKind",
    "Grounds",
    "Kind",
    "KnownAccount",
    "Scope",
    "Span",
    "basis_fault",
    "fault",
    "giver_words",
    "preliminary_grounds",
    "refusal",
]


class Kind(TextChoices):
    """What sort of paper an authority is."""

    FIR = "fir", _("first information report")
    WARRANT = "warrant", _("warrant")
    PRODUCTION_ORDER = "production_order", _("production order")
    CONSENT = "consent", _("consent")
    STATUTORY_DUTY = "statutory_duty", _("statutory duty")
    PARTNER_AGREEMENT = "partner_agreement", _("partner agreement")
    PRELIMINARY = "preliminary", _("preliminary authority of a report")


class Activity(TextChoices):
    """What an authority may permit; a permission for one is none for another."""

    TRIAGE = "triage", _("triage")
    PRESERVE = "preserve", _("preserve")
    COLLECT = "collect", _("collect")
    EXAMINE = "examine", _("examine")
    READ_MESSAGES = "read_messages", _("read messages")
    WATCH = "watch", _("watch")
    DISCLOSE = "disclose", _("disclose")
    TAKEDOWN = "takedown", _("take down")
    BLOCK = "block", _("block")


_PSEUDONYM = re.compile(r"[A-Z]{1,4}-[0-9]{1,6}(?:/[0-9]{4})?")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_GIVER = {
    Kind.CONSENT: gettext_noop("Who gave it, by pseudonym"),
    Kind.STATUTORY_DUTY: gettext_noop("The law that imposes it, with its section"),
    Kind.PARTNER_AGREEMENT: gettext_noop("The partner"),
    Kind.PRELIMINARY: gettext_noop("The report that it belongs to"),
}


@dataclass(frozen=True, slots=True)
class Grounds:
    """What an authority says: each activity's span, and what it reaches, as `Scope` has it.

    `report` is the reference of the report whose own preliminary authority it is; empty for any other.
    """

    activities: Mapping[Activity, Span]
    exhibits: frozenset[str]
    accounts: frozenset[Account] = frozenset()
    dates: Span | None = None
    kinds: frozenset[DataKind] = field(default=frozenset(DataKind))
    report: str = ""

    @property
    def scope(self) -> Scope:
        """What it reaches."""
        return Scope(self.exhibits, self.accounts, self.dates, self.kinds)


@dataclass(frozen=True, slots=True)
class Basis:
    """Where an authority comes from, and where its paper is.

    Attributes:
        giver: who gave it: for a consent a pseudonym as `P-17`, for a duty its section, else the court, the office, the
            partner, the report.
        paper: SHA-256 of the paper's file in hexadecimal, or empty.
        kept_at: where the paper lies.
    """

    giver: str = ""
    paper: str = ""
    kept_at: str = ""


def giver_words(kind: Kind) -> str:
    """What `Basis.giver` is in an authority of that kind, in English, for a page to translate."""
    return _GIVER.get(kind, gettext_noop("The court or office that issued it"))


def basis_fault(kind: Kind, basis: Basis) -> str | None:
    """Why an authority of that kind cannot be recorded on this basis, or None."""
    if kind in _GIVER and not basis.giver.strip():
        return gettext("Missing for this kind of paper: “%(what)s”.") % {"what": gettext(giver_words(kind))}
    if kind == Kind.CONSENT and not _PSEUDONYM.fullmatch(basis.giver):
        return gettext("Who gave a consent is said by a pseudonym as P-17, never by a name.")
    if basis.paper and not _DIGEST.fullmatch(basis.paper):
        return gettext("The paper's SHA-256 has 64 hexadecimal digits; `kavalan hash FILE` prints it.")
    return None


def fault(grounds: Grounds, kind: Kind | None = None) -> str | None:
    """Why these grounds cannot be recorded, for a paper of that kind, or None."""
    if why := scope_fault(grounds.scope):
        return why
    if not grounds.activities:
        return gettext("An authority names at least one activity.")
    if backward := sorted(name for name, span in grounds.activities.items() if span.end <= span.start):
        return gettext("The permission to %(doing)s ends before it begins.") % {"doing": backward[0].label}
    return _fault_of_preliminary(grounds) if kind == Kind.PRELIMINARY else _fault_of_paper(grounds)


def _fault_of_paper(grounds: Grounds) -> str | None:
    # To watch is to be told when an account is named in what comes: no exhibit has to be there yet.
    watches = bool(grounds.accounts) and set(grounds.activities) == {Activity.WATCH}
    if not grounds.exhibits and not watches:
        return gettext(
            "An authority names its exhibits; only a report's own authority reaches nothing but identifiers."
        )
    return None


def _fault_of_preliminary(grounds: Grounds) -> str | None:
    if not grounds.report.strip():
        return "A report's own authority belongs to one report."
    longest = limits().preliminary
    if beyond := sorted(set(grounds.activities) - set(longest.activities)):
        permitted = ", ".join(str(Activity(name).label) for name in sorted(longest.activities, reverse=True))
        words = {"permitted": permitted, "doing": beyond[0].label}
        return gettext("A report's own authority permits to %(permitted)s, not to %(doing)s.") % words
    if not grounds.accounts:
        return gettext("A report's own authority names the report's own identifiers.")
    if grounds.exhibits:
        return gettext("A report's own authority reaches its identifiers, no exhibit.")
    if any(span.end - span.start > longest.span for span in grounds.activities.values()):
        return gettext("A report's own authority lapses after %(days)d days at most.") % {"days": longest.days}
    return None


def preliminary_grounds(report: str, accounts: Collection[Account], at: datetime) -> Grounds:
    """What the report's own authority says from that time on: its identifiers, as long and for what the limits say."""
    limit = limits().preliminary
    spans = {Activity(name): Span(at, at + limit.span) for name in limit.activities}
    return Grounds(spans, frozenset(), frozenset(accounts), report=report)


def refusal(grounds: Grounds, activity: Activity, matter: str | KnownAccount, at: datetime) -> str | None:
    """Why the activity may not be done at that time on the exhibit or report of that reference, or None when it may.

    An account is named by the paper's scope, in any of its spellings.
    """
    span, words = grounds.activities.get(activity), {"doing": activity.label, "matter": matter}
    if span is None:
        return gettext("It does not permit to %(doing)s.") % words
    if not _names(grounds, matter):
        return gettext("It does not name %(matter)s.") % words
    if at < span.start:
        begins = {**words, "at": f"{span.start:%Y-%m-%d %H:%M}"}
        return gettext("Its permission to %(doing)s begins only on %(at)s UTC.") % begins
    if at >= span.end:
        return gettext("Its permission to %(doing)s ended on %(at)s UTC.") % {
            **words,
            "at": f"{span.end:%Y-%m-%d %H:%M}",
        }
    return None


def _names(grounds: Grounds, matter: str | KnownAccount) -> bool:
    if isinstance(matter, KnownAccount):
        return matter.among(grounds.accounts)
    return matter in grounds.exhibits or matter == (grounds.report or None)
