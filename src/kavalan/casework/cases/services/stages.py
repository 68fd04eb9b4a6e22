"""Saying where a case has come to stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kavalan.casework.cases.models import StageReached
from kavalan.casework.cases.reviewing import begin_review, end_review
from kavalan.casework.cases.rules import OVER, REVIEWED, Outcome, Stage
from kavalan.casework.cases.working import held
from kavalan.casework.errors import RefusedError
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from kavalan.casework.cases.models import Case
    from kavalan.ledger import Payload


@dataclass(frozen=True, slots=True)
class Reached:
    """What is said of a stage.

    Attributes:
        stage: to which the case came.
        happened_at: when, aware UTC; when it is entered stands apart.
        outcome: how it ended, where it was closed or acquitted.
        reason: why, needed where it is over or is taken up again.
    """

    stage: Stage
    happened_at: datetime
    outcome: Outcome | None = None
    reason: str = ""


@house_verb("case.reach_stage")
def reach_stage(act: HouseAct, *, case: Case, reached: Reached) -> Done[StageReached]:
    """Enter that a case came to a stage; closing it without a charge, or an acquittal, begins the retention review.

    Raises:
        RefusedError: when the actor does not work on the case, it lies ahead, or an end has no reason or no outcome.
    """
    case = held(act, case)
    made = _entered(act, case, reached)
    _brought_forward(act, case)
    return Done(made, _said(made, case))


@house_verb("case.correct_stage")
def correct_stage(act: HouseAct, *, wrong: StageReached, reached: Reached | None, reason: str) -> Done[StageReached]:
    """Put a row in place of one that was entered wrongly; the wrong one stays as it was.

    Args:
        act: who does it.
        wrong: what was entered.
        reached: what happened; None where nothing of the kind did.
        reason: why it is corrected.

    Raises:
        RefusedError: when the actor does not work on the case, it was corrected already, or as `reach_stage`.
    """
    case = held(act, wrong.case)
    wrong = case.stages.get(pk=wrong.pk)
    if hasattr(wrong, "corrected_by") or wrong.void:
        raise RefusedError("It was corrected already: correct the newest row.")
    why = required(reason)
    if reached is None:
        made = _row(act, case, Reached(Stage(wrong.stage), wrong.happened_at, reason=why), wrong, void=True)
    else:
        made = _entered(act, case, reached, wrong)
    _brought_forward(act, case)
    return Done(made, {**_said(made, case), "corrects": str(wrong.public_id), "why": why})


def _entered(act: HouseAct, case: Case, reached: Reached, corrects: StageReached | None = None) -> StageReached:
    if reached.happened_at > act.at:
        raise RefusedError("What is entered has happened; this lies ahead.")
    if reached.stage in REVIEWED and reached.outcome is None:
        raise RefusedError("Say how it ended.")
    if reached.stage in OVER or (case.stage in OVER and corrects is None):
        required(reached.reason, "An end, and taking a case up again, needs a reason.")
    return _row(act, case, reached, corrects)


def _row(
    act: HouseAct, case: Case, reached: Reached, corrects: StageReached | None, *, void: bool = False
) -> StageReached:
    return StageReached.objects.create(
        case=case,
        stage=reached.stage,
        outcome=reached.outcome or "",
        reason=reached.reason.strip()[:400],
        happened_at=reached.happened_at,
        entered_by=act.officer,
        entered_at=act.at,
        corrects=corrects,
        void=void,
    )


def _brought_forward(act: HouseAct, case: Case) -> None:
    """What the case repeats of its rows: the one that happened last and stands."""
    rows = case.stages.filter(corrected_by__isnull=True, void=False)
    newest = rows.order_by("-happened_at", "-pk").first()
    case.stage = newest.stage if newest else Stage.INQUIRY
    case.over_at = newest.happened_at if newest and newest.stage in OVER else None
    case.save(update_fields=["stage", "over_at"])
    if newest is not None and newest.stage in REVIEWED:
        begin_review(act, case, newest.happened_at)
    else:
        end_review(act, case)


def _said(made: StageReached, case: Case) -> Payload:
    return {
        "case": str(case.public_id),
        "stage": made.stage,
        "outcome": made.outcome,
        "reason": made.reason,
        "happened_at": made.happened_at.isoformat(),
        "void": made.void,
    }
