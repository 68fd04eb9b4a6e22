"""Linking one account to one subject: shared by the verbs that do it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Indicator, Report
from kavalan.casework.said import required
from kavalan.casework.subjects.models import AccountLink
from kavalan.casework.subjects.protected import require_unprotected
from kavalan.casework.subjects.rules import LINKABLE, overlap, span_fault
from kavalan.casework.subjects.working import require_nameless, require_seen

if TYPE_CHECKING:
    from datetime import date

    from kavalan.casework.exhibits.models import Exhibit
    from kavalan.casework.routing.seen import Identifier
    from kavalan.casework.subjects.models import Subject
    from kavalan.casework.subjects.rules import Certainty
    from kavalan.casework.verbs import HouseAct
    from kavalan.ledger import Payload


@dataclass(frozen=True, slots=True)
class Claim:
    """That an account is a subject's.

    Attributes:
        since: the first day on which it is thought to be; None where that is not known.
        until: the last; None where it may still be.
        certainty: how sure that is.
        because: why, in words without a name.
    """

    since: date | None
    until: date | None
    certainty: Certainty
    because: str


def linked(
    act: HouseAct, subject: Subject, account: Identifier, claim: Claim, rests_on: Report | Exhibit
) -> AccountLink:
    """Link one account to a subject; part of a verb.

    Args:
        act: who does it.
        subject: locked.
        account: in the form in which identifiers are compared.
        claim: from when until when, how surely, and why.
        rests_on: a report that names the account, or an exhibit.

    Raises:
        RefusedError: the account is of a kind that many share, belongs to somebody who becomes no subject, is linked
            for that time already, or does not stand in the report; what it rests on is not open to the actor; the days
            do not fit; or the reason is missing or holds a name.
    """
    if account.kind not in LINKABLE:
        raise RefusedError("An address on the network, a link or a digest is not one person's: it makes no subject.")
    require_seen(act.officer, act.at, rests_on)
    indicator, _ = Indicator.objects.get_or_create(kind=account.kind, value=account.value)
    if isinstance(rests_on, Report) and not rests_on.namings.filter(indicator=indicator).exists():
        raise RefusedError("This report does not name the account.")
    require_unprotected(indicator.pk)
    report, exhibit = (rests_on, None) if isinstance(rests_on, Report) else (None, rests_on)
    return entered(act, AccountLink(subject=subject, indicator=indicator, report=report, exhibit=exhibit), claim)


def entered(act: HouseAct, link: AccountLink, claim: Claim) -> AccountLink:
    """Fill and save a new row; part of a verb.

    Raises:
        RefusedError: the days do not fit or meet another link's, or the reason is missing or holds a name.
    """
    if why := span_fault(claim.since, claim.until):
        raise RefusedError(why)
    others = AccountLink.objects.filter(subject=link.subject, indicator=link.indicator, ended_at__isnull=True)
    if any(overlap((claim.since, claim.until), (one.since, one.until)) for one in others):
        raise RefusedError("This account is linked to the subject for that time already.")
    link.because = required(claim.because, "Say why the account is this person's.")
    if link.indicator is not None:
        require_nameless(act.officer, act.at, [link.because], [link.indicator])
    link.since, link.until, link.certainty = claim.since, claim.until, claim.certainty
    link.linked_by, link.linked_at = act.officer, act.at
    link.save()
    return link


def ended(act: HouseAct, link: AccountLink, reason: str) -> AccountLink:
    """End a row; part of a verb.

    Raises:
        RefusedError: it has ended, or no reason is given.
    """
    link = AccountLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if link.ended_at is not None:
        raise RefusedError("This account was taken away or corrected already.")
    link.ended_by, link.ended_at, link.ended_why = act.officer, act.at, required(reason)
    link.save(update_fields=["ended_by", "ended_at", "ended_why"])
    return link


def said_of(link: AccountLink) -> Payload:
    """What the ledger is told of a link."""
    rests_on = link.report or link.exhibit
    return {
        "subject": str(link.subject.public_id),
        "account": str(link.indicator) if link.indicator else None,
        "since": link.since.isoformat() if link.since else None,
        "until": link.until.isoformat() if link.until else None,
        "certainty": link.certainty,
        "because": link.because,
        "rests_on": str(rests_on.public_id) if rests_on else None,
    }
