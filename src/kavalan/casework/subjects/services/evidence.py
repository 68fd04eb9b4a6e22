"""Entering what speaks for a hypothesis and against it, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Report
from kavalan.casework.said import required
from kavalan.casework.subjects.models import Evidence
from kavalan.casework.subjects.selectors.subjects import indicators_of
from kavalan.casework.subjects.working import held_open, require_nameless, require_seen, written
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from kavalan.casework.exhibits.models import Exhibit
    from kavalan.casework.subjects.models import Subject
    from kavalan.casework.subjects.rules import Side


@house_verb("subject.add_evidence")
def add_evidence(
    act: HouseAct, *, subject: Subject, side: Side, text: str, points_at: Report | Exhibit | None = None
) -> Done[Evidence]:
    """Say what speaks for the hypothesis, or against it.

    Args:
        act: who says it.
        subject: which hypothesis.
        side: for or against.
        text: without a name.
        points_at: where it stands; None where the officer knows it otherwise, which the text then says.

    Raises:
        RefusedError: when the actor does not work where the subject lies, the hypothesis is closed, nothing is said, it
            holds a name, or what it points at is not open to the actor.
    """
    subject = held_open(act, subject)
    said = written(text, "Say what speaks for it or against it.")
    require_seen(act.officer, act.at, points_at)
    require_nameless(act.officer, act.at, [said], indicators_of(subject))
    report, exhibit = (points_at, None) if isinstance(points_at, Report) else (None, points_at)
    made = Evidence.objects.create(
        subject=subject,
        side=side,
        text=said,
        report=report,
        exhibit=exhibit,
        entered_by=act.officer,
        entered_at=act.at,
    )
    there = str(points_at.public_id) if points_at else None
    return Done(made, {"subject": str(subject.public_id), "side": side.value, "text": said, "points_at": there})


@house_verb("subject.withdraw_evidence")
def withdraw_evidence(act: HouseAct, *, evidence: Evidence, reason: str) -> Done[Evidence]:
    """Take back what was said for or against; it stays readable, and says why.

    Raises:
        RefusedError: when the actor does not work where the subject lies, the hypothesis is closed, it was taken back
            already, or no reason is given.
    """
    subject = held_open(act, evidence.subject)
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    if evidence.ended_at is not None:
        raise RefusedError("This was taken back already.")
    evidence.ended_by, evidence.ended_at, evidence.ended_why = act.officer, act.at, required(reason)
    evidence.save(update_fields=["ended_by", "ended_at", "ended_why"])
    return Done(evidence, {"subject": str(subject.public_id), "reason": evidence.ended_why})
