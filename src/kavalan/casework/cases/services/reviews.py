"""Deciding what becomes of a case that is over."""

from __future__ import annotations

from kavalan.casework.access.models import Role
from kavalan.casework.cases.models import RetentionReview
from kavalan.casework.cases.reviewing import AGAIN, begin_review
from kavalan.casework.cases.rules import ReviewDecision
from kavalan.casework.cases.working import held
from kavalan.casework.errors import RefusedError
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb


@house_verb("case.decide_review")
def decide_review(
    act: HouseAct, *, review: RetentionReview, decision: ReviewDecision, reason: str
) -> Done[RetentionReview]:
    """Say what becomes of what is kept of a case that is over. Nothing goes by it: each part goes on its own page.

    What is kept is looked through again after the days of the schedule.

    Raises:
        RefusedError: when the actor does not supervise the case, the review was decided, or no reason is given.
    """
    case = held(act, review.case, {Role.SUPERVISOR})
    review = RetentionReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if review.decided_at is not None:
        raise RefusedError("It was decided already.")
    if decision == ReviewDecision.REOPENED:
        raise RefusedError("A case is taken up again on its own page.")
    review.decision, review.reason = decision, required(reason)
    review.decided_by, review.decided_at = act.officer, act.at
    review.save(update_fields=["decision", "reason", "decided_by", "decided_at"])
    if decision == ReviewDecision.KEPT:
        begin_review(act, case, act.at, AGAIN)
    told = {"case": str(case.public_id), "review": str(review.public_id), "decision": decision.value}
    return Done(review, told | {"reason": review.reason})
