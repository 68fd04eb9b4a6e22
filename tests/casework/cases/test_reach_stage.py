"""Where a case comes to stand, when that happened and when it was entered."""

from datetime import timedelta

import pytest

from kavalan.casework.cases.models import RetentionReview
from kavalan.casework.cases.rules import Outcome, ReviewDecision, Stage
from kavalan.casework.cases.services import Reached, reach_stage
from kavalan.casework.errors import RefusedError

from ..conftest import NOW

DAY = timedelta(days=1)
CLOSED = Reached(Stage.CLOSED, NOW - DAY, Outcome.UNTRACED, "nobody was traced")


def standing(case):
    case.refresh_from_db()
    return case.stage, case.over_at


def test_when_it_happened_and_when_it_was_entered_stand_apart(people, case, last_entry):
    made = reach_stage(people.bob, NOW, case=case, reached=Reached(Stage.REGISTERED, NOW - 3 * DAY))
    entry, said = last_entry()
    assert (made.happened_at, made.entered_at, made.entered_by) == (NOW - 3 * DAY, NOW, people.bob)
    assert (entry.verb, said["stage"]) == ("case.reach_stage", "registered")
    assert standing(case) == (Stage.REGISTERED, None)


def test_what_is_entered_late_does_not_move_the_case_back(people, case):
    reach_stage(people.bob, NOW, case=case, reached=Reached(Stage.CHARGED, NOW - DAY))
    reach_stage(people.bob, NOW, case=case, reached=Reached(Stage.ARREST, NOW - 5 * DAY))
    assert standing(case)[0] == Stage.CHARGED


def test_what_lies_ahead_is_refused(people, case):
    with pytest.raises(RefusedError, match="lies ahead"):
        reach_stage(people.bob, NOW, case=case, reached=Reached(Stage.ARREST, NOW + DAY))


def test_end_needs_its_outcome_and_a_reason(people, case):
    with pytest.raises(RefusedError, match="how it ended"):
        reach_stage(people.bob, NOW, case=case, reached=Reached(Stage.CLOSED, NOW, None, "why"))
    with pytest.raises(RefusedError, match="needs a reason"):
        reach_stage(people.bob, NOW, case=case, reached=Reached(Stage.CLOSED, NOW, Outcome.UNTRACED))
    with pytest.raises(RefusedError, match="needs a reason"):
        reach_stage(people.bob, NOW, case=case, reached=Reached(Stage.CONVICTED, NOW))
    reach_stage(people.bob, NOW, case=case, reached=CLOSED)
    assert standing(case) == (Stage.CLOSED, NOW - DAY)
    with pytest.raises(RefusedError, match="taking a case up again"):
        reach_stage(people.bob, NOW, case=case, reached=Reached(Stage.INVESTIGATION, NOW))


@pytest.mark.parametrize(("stage", "reviews"), [(Stage.CLOSED, 1), (Stage.ACQUITTED, 1), (Stage.CONVICTED, 0)])
def test_end_without_a_conviction_begins_the_retention_review(people, case, stage, reviews):
    outcome = None if stage == Stage.CONVICTED else Outcome.NOT_PROVED
    reach_stage(people.bob, NOW, case=case, reached=Reached(stage, NOW - DAY, outcome, "the court"))
    assert RetentionReview.objects.count() == reviews
    for review in RetentionReview.objects.all():
        assert (review.due_at, review.decided_at) == (NOW + 29 * DAY, None)


def test_case_that_is_taken_up_again_needs_no_review(people, case):
    reach_stage(people.bob, NOW, case=case, reached=CLOSED)
    again = Reached(Stage.INVESTIGATION, NOW, reason="a witness")
    reach_stage(people.bob, NOW, case=case, reached=again)
    assert RetentionReview.objects.get().decision == ReviewDecision.REOPENED
    assert standing(case) == (Stage.INVESTIGATION, None)
