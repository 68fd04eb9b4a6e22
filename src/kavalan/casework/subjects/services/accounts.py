"""Linking an account, correcting and splitting the link, taking it away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from kavalan.casework.errors import RefusedError
from kavalan.casework.said import required
from kavalan.casework.subjects.linking import Claim, ended, entered, linked, said_of
from kavalan.casework.subjects.models import AccountLink
from kavalan.casework.subjects.protected import require_unprotected
from kavalan.casework.subjects.rules import Certainty, Gap, reissue_of
from kavalan.casework.subjects.selectors.signs import gaps_of
from kavalan.casework.subjects.working import held_open
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from kavalan.casework.exhibits.models import Exhibit
    from kavalan.casework.intake.models import Report
    from kavalan.casework.routing.seen import Identifier
    from kavalan.casework.subjects.models import Subject


@house_verb("subject.link")
def link_account(
    act: HouseAct, *, subject: Subject, account: Identifier, claim: Claim, rests_on: Report | Exhibit
) -> Done[AccountLink]:
    """Say that one more account may be a subject's, from when until when, how surely, and on which evidence.

    Raises:
        RefusedError: when the actor does not work where the subject lies, the hypothesis is closed, or as
            `linking.linked`.
    """
    link = linked(act, held_open(act, subject), account, claim, rests_on)
    return Done(link, said_of(link))


@house_verb("subject.correct_link")
def correct_account(act: HouseAct, *, link: AccountLink, claim: Claim) -> Done[AccountLink]:
    """Say the days, the certainty or the reason anew: the row ends, and another follows it.

    Raises:
        RefusedError: when the actor does not work where the subject lies, the hypothesis is closed, the row has ended,
            the account is of somebody who becomes no subject, the days do not fit, or no reason is given.
    """
    held_open(act, link.subject)
    before = ended(act, link, claim.because)
    if before.indicator_id is not None:
        require_unprotected(before.indicator_id)
    after = entered(act, _following(before), claim)
    return Done(after, {**said_of(after), "follows": str(before.public_id)})


@house_verb("subject.split_link")
def split_account(
    act: HouseAct, *, link: AccountLink, gap: Gap, keeps: Literal["earlier", "later"], reason: str
) -> Done[AccountLink]:
    """Split a link where the account was silent so long that it may have passed to another holder.

    What lies on the other side of the gap is nobody's until somebody says whose.

    Args:
        act: who does it.
        link: in force.
        gap: one of those that the rule for its kind finds.
        keeps: on which side it was this subject's.
        reason: why that side.

    Raises:
        RefusedError: when the actor does not work where the subject lies, the hypothesis is closed, the link has ended,
            the rule finds no such gap, or no reason is given.
    """
    held_open(act, link.subject)
    rule = reissue_of(link.indicator.kind) if link.indicator else None
    if rule is None or gap not in gaps_of(link, act.officer, act.at):
        raise RefusedError("Nothing shows such a gap: what is open to you names the account in between.")
    why = required(reason)
    before = ended(act, link, why)
    side = (before.since, gap.last) if keeps == "earlier" else (gap.first, before.until)
    claim = Claim(side[0], side[1], Certainty(before.certainty), before.because)
    after = entered(act, _following(before), replace(claim, because=why))
    said = {"follows": str(before.public_id), "gap": [gap.last.isoformat(), gap.first.isoformat()], "rule": rule.words}
    return Done(after, {**said_of(after), **said})


@house_verb("subject.end_link")
def end_account(act: HouseAct, *, link: AccountLink, reason: str) -> Done[AccountLink]:
    """Take an account away from a subject: it was a mistake, or does not hold. The row stays, and says why.

    Raises:
        RefusedError: when the actor does not work where the subject lies, the hypothesis is closed, the row has ended,
            or no reason is given.
    """
    held_open(act, link.subject)
    link = ended(act, link, reason)
    return Done(link, {**said_of(link), "reason": link.ended_why})


def _following(before: AccountLink) -> AccountLink:
    same = {name: getattr(before, name) for name in ("subject", "indicator", "report", "exhibit")}
    return AccountLink(follows=before, **same)
