"""What an authority allows, as plain functions: no database, no clock."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import TextChoices

from kavalan.casework.authority.limits import limits
from kavalan.casework.authority.scope import Account, DataKind, Scope, Span, scope_fault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

__all__ = [
    "Account",
    "Activity",
    "Basis",
    "DataKind",
    "Grounds",
    "Kind",
    "Scope",
    "Span",
    "basis_fault",
    "fault",
    "giver_words",
    "refusal",
]


class Kind(TextChoices):
    """What sort of paper an authority is."""

    FIR = "fir", "first information report"
    WARRANT = "warrant", "warrant"
    PRODUCTION_ORDER = "production_order", "production order"
    CONSENT = "consent", "consent"
    STATUTORY_DUTY = "statutory_duty", "statutory duty"
    PARTNER_AGREEMENT = "partner_agreement", "partner agreement"
    PRELIMINARY = "preliminary", "preliminary authority of a report"


class Activity(TextChoices):
    """What an authority may permit; a permission for one is none for another."""

    TRIAGE = "triage", "triage"
    PRESERVE = "preserve", "preserve"
    COLLECT = "collect", "collect"
    EXAMINE = "examine", "examine"
    READ_MESSAGES = "read_messages", "read messages"
    WATCH = "watch", "watch"
    DISCLOSE = "disclose", "disclose"
    TAKEDOWN = "takedown", "take down"
    BLOCK = "block", "block"


_OF_A_REPORT = frozenset({Activity.TRIAGE, Activity.PRESERVE})
_PSEUDONYM = re.compile(r"[A-Z]{1,4}-[0-9]{1,6}(?:/[0-9]{4})?")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_GIVER = {
    Kind.CONSENT: "Who gave it, by pseudonym",
    Kind.STATUTORY_DUTY: "The law that imposes it, with its section",
    Kind.PARTNER_AGREEMENT: "The partner",
    Kind.PRELIMINARY: "The report that it belongs to",
}


@dataclass(frozen=True, slots=True)
class Grounds:
    """What an authority says: each activity's span, and what it reaches, as `Scope` has it."""

    activities: Mapping[Activity, Span]
    exhibits: frozenset[str]
    accounts: frozenset[Account] = frozenset()
    dates: Span | None = None
    kinds: frozenset[DataKind] = field(default=frozenset(DataKind))

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
    """What `Basis.giver` is in an authority of that kind."""
    return _GIVER.get(kind, "The court or office that issued it")


def basis_fault(kind: Kind, basis: Basis) -> str | None:
    """Why an authority of that kind cannot be recorded on this basis, or None."""
    if kind in _GIVER and not basis.giver.strip():
        return f"Missing for a {kind.label}: {giver_words(kind)[0].lower()}{giver_words(kind)[1:]}."
    if kind == Kind.CONSENT and not _PSEUDONYM.fullmatch(basis.giver):
        return "Who gave a consent is said by a pseudonym as P-17, never by a name."
    if basis.paper and not _DIGEST.fullmatch(basis.paper):
        return "The paper's SHA-256 has 64 hexadecimal digits; `kavalan hash FILE` prints it."
    return None


def fault(grounds: Grounds, kind: Kind | None = None) -> str | None:
    """Why these grounds cannot be recorded, for a paper of that kind, or None."""
    if why := scope_fault(grounds.scope):
        return why
    if not grounds.activities:
        return "An authority names at least one activity."
    if backward := sorted(name for name, span in grounds.activities.items() if span.end <= span.start):
        return f"The permission to {backward[0].label} ends before it begins."
    return _fault_of_preliminary(grounds) if kind == Kind.PRELIMINARY else _fault_of_paper(grounds)


def _fault_of_paper(grounds: Grounds) -> str | None:
    if not grounds.exhibits:
        return "An authority names its exhibits; only a report's own authority reaches nothing but identifiers."
    return None


def _fault_of_preliminary(grounds: Grounds) -> str | None:
    if beyond := sorted(set(grounds.activities) - _OF_A_REPORT):
        return f"A report's own authority permits to triage and to preserve, not to {beyond[0].label}."
    if not grounds.accounts:
        return "A report's own authority names the report's own identifiers."
    if grounds.exhibits:
        return "A report's own authority reaches its identifiers, no exhibit."
    longest = limits().preliminary
    if any(span.end - span.start > longest.span for span in grounds.activities.values()):
        return f"A report's own authority lapses after {longest.days} days at most."
    return None


def refusal(grounds: Grounds, activity: Activity, exhibit: str, at: datetime) -> str | None:
    """Why the activity may not be done on the exhibit at that time, or None when it may."""
    span = grounds.activities.get(activity)
    if span is None:
        return f"It does not permit to {activity.label}."
    if exhibit not in grounds.exhibits:
        return f"It does not name {exhibit}."
    if at < span.start:
        return f"Its permission to {activity.label} begins only on {span.start:%Y-%m-%d %H:%M} UTC."
    if at >= span.end:
        return f"Its permission to {activity.label} ended on {span.end:%Y-%m-%d %H:%M} UTC."
    return None
