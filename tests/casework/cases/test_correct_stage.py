"""A row that was entered wrongly stays beside its correction."""

from datetime import timedelta

import pytest

from kavalan.casework.cases.models import RetentionReview, StageReached
from kavalan.casework.cases.rules import Outcome, ReviewDecision, Stage
from kavalan.casework.cases.services import Reached, correct_stage, reach_stage
from kavalan.casework.errors import RefusedError

from ..conftest import NOW

DAY = timedelta(days=1)
CLOSED = Reached(Stage.CLOSED, NOW - DAY, Outcome.UNTRACED, "nobody was traced")


def standing(case):
    case.refresh_from_db()
    return case.stage, case.over_at


def test_wrong_row_stays_beside_its_correction(people, case):
    wrong = reach_stage(people.bob, NOW, case=case, reached=CLOSED)
    right = Reached(Stage.CHARGED, NOW - 2 * DAY)
    made = correct_stage(people.bob, NOW, wrong=wrong, reached=right, reason="the wrong case")
    assert (made.corrects, StageReached.objects.count()) == (wrong, 2)
    assert standing(case) == (Stage.CHARGED, None)
    assert RetentionReview.objects.get().decision == ReviewDecision.REOPENED
    with pytest.raises(RefusedError, match="corrected already"):
        correct_stage(people.bob, NOW, wrong=wrong, reached=None, reason="again")


def test_what_never_happened_is_taken_back(people, case):
    wrong = reach_stage(people.bob, NOW, case=case, reached=Reached(Stage.ARREST, NOW))
    made = correct_stage(people.bob, NOW, wrong=wrong, reached=None, reason="of another case")
    assert (made.void, standing(case)[0]) == (True, Stage.INQUIRY)
    with pytest.raises(RefusedError, match="corrected already"):
        correct_stage(people.bob, NOW, wrong=made, reached=None, reason="again")
