"""Opening a subject, saying the hypothesis anew, closing it and taking it up again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from django.utils import timezone

from kavalan.casework.access.services import place
from kavalan.casework.accounts.models import Officer
from kavalan.casework.cases.models import Part
from kavalan.casework.cases.working import held as case_held
from kavalan.casework.errors import RefusedError
from kavalan.casework.said import required
from kavalan.casework.subjects.linking import linked, said_of
from kavalan.casework.subjects.models import Closing, Statement, Subject, SubjectYear
from kavalan.casework.subjects.rules import limits
from kavalan.casework.subjects.selectors.subjects import indicators_of
from kavalan.casework.subjects.working import held, held_open, require_nameless, written
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from kavalan.casework.cases.models import Case
    from kavalan.casework.exhibits.models import Exhibit
    from kavalan.casework.intake.models import Report
    from kavalan.casework.routing.seen import Identifier
    from kavalan.casework.subjects.linking import Claim
    from kavalan.casework.subjects.rules import Closed


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A hypothesis as it is put.

    Attributes:
        text: that accounts belong to one person, and what that person may have done; without a name.
        innocent_because: how all of it could be innocent; never empty.
    """

    text: str
    innocent_because: str


@house_verb("subject.open")
def open_subject(
    act: HouseAct, *, case: Case, hypothesis: Hypothesis, account: Identifier, claim: Claim, rests_on: Report | Exhibit
) -> Done[Subject]:
    """Open a subject in a case, with its first account: under the next number of the actor's unit, without a name.

    Args:
        act: who does it.
        case: where it lies.
        hypothesis: with what could make it innocent.
        account: one; others are linked one by one.
        claim: that the account is the subject's.
        rests_on: a report that names the account, or an exhibit.

    Raises:
        RefusedError: when the actor does not work on the case, has opened as many today as one may, nothing is said for
            innocence, a text holds a name, or the account cannot be linked (`linking.linked`).
    """
    case = case_held(act, case)
    _require_not_in_bulk(act)
    subject = Subject.objects.create(
        unit=act.officer.unit,
        reference=_next_reference(act),
        opened_by=act.officer,
        opened_at=act.at,
    )
    place(subject, case.compartment)
    Part.objects.create(
        case=case, kind=Subject._meta.label_lower, object_id=subject.pk, added_by=act.officer, added_at=act.at
    )
    link = linked(act, subject, account, claim, rests_on)
    _stated(act, subject, hypothesis, "")
    said = {"case": str(case.public_id), "reference": subject.reference, "link": str(link.public_id)}
    return Done(subject, {**_said(subject), **said_of(link), **said})


@house_verb("subject.restate")
def restate_subject(act: HouseAct, *, subject: Subject, hypothesis: Hypothesis, reason: str) -> Done[Subject]:
    """Put the hypothesis anew, or what could make it innocent; how it was put before stays.

    Raises:
        RefusedError: when the actor does not work where the subject lies, the hypothesis is closed, nothing is said for
            innocence, a text holds a name, or no reason is given.
    """
    subject = held_open(act, subject)
    _stated(act, subject, hypothesis, required(reason))
    return Done(subject, {**_said(subject), "reason": reason.strip()})


@house_verb("subject.close")
def close_subject(act: HouseAct, *, subject: Subject, outcome: Closed, reason: str) -> Done[Subject]:
    """Close a hypothesis. It says nothing of anybody's guilt.

    Raises:
        RefusedError: when the actor does not work where the subject lies, it is closed, a watch is in force for it, or
            no reason is given.
    """
    subject = held_open(act, subject)
    if subject.watches.filter(ended_at__isnull=True, until__gt=act.at).exists():
        raise RefusedError("End its watches first, and say what came of them.")
    Closing.objects.create(
        subject=subject, outcome=outcome, reason=required(reason), closed_by=act.officer, closed_at=act.at
    )
    subject.closed_at = act.at
    subject.save(update_fields=["closed_at"])
    return Done(subject, {"reference": subject.reference, "outcome": outcome.value, "reason": reason.strip()})


@house_verb("subject.reopen")
def reopen_subject(act: HouseAct, *, subject: Subject, reason: str) -> Done[Subject]:
    """Take a closed hypothesis up again.

    Raises:
        RefusedError: when the actor does not work where the subject lies, it is not closed, or no reason is given.
    """
    subject = held(act, subject)
    if subject.closed_at is None:
        raise RefusedError("This hypothesis is not closed.")
    why = required(reason)
    subject.closings.filter(undone_at__isnull=True).update(undone_by=act.officer, undone_at=act.at, undone_why=why)
    subject.closed_at = None
    subject.save(update_fields=["closed_at"])
    return Done(subject, {"reference": subject.reference, "reason": why})


def _require_not_in_bulk(act: HouseAct) -> None:
    # Locked, so that nobody opens two at once past the limit.
    Officer.objects.select_for_update().get(pk=act.officer.pk)
    local, most = timezone.localtime(act.at), limits().officer_a_day
    today = datetime.combine(local.date(), time(), local.tzinfo)
    if Subject.objects.filter(opened_by=act.officer, opened_at__gte=today).count() >= most:
        raise RefusedError("You have opened %(most)s subjects today; a hypothesis is weighed one by one.", most=most)


def _next_reference(act: HouseAct) -> str:
    year = timezone.localtime(act.at).year
    SubjectYear.objects.get_or_create(unit=act.officer.unit, year=year)
    counted = SubjectYear.objects.select_for_update().get(unit=act.officer.unit, year=year)
    counted.last += 1
    counted.save(update_fields=["last"])
    return f"S/{counted.last}/{year}"


def _stated(act: HouseAct, subject: Subject, hypothesis: Hypothesis, reason: str) -> None:
    text = written(hypothesis.text, "Say the hypothesis.")
    innocent = written(hypothesis.innocent_because, "Say how it could be innocent: there is always a way.")
    require_nameless(act.officer, act.at, [text, innocent], indicators_of(subject))
    subject.hypothesis, subject.innocent_because = text, innocent
    subject.save(update_fields=["hypothesis", "innocent_because"])
    Statement.objects.create(
        subject=subject,
        hypothesis=text,
        innocent_because=innocent,
        reason=reason,
        said_by=act.officer,
        said_at=act.at,
    )


def _said(subject: Subject) -> dict[str, str]:
    return {"hypothesis": subject.hypothesis, "innocent_because": subject.innocent_because}
