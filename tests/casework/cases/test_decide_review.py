"""What becomes of what is kept of a case that is over."""

from datetime import timedelta

import pytest

from kavalan.casework.cases.models import RetentionReview
from kavalan.casework.cases.rules import Outcome, ReviewDecision, Stage
from kavalan.casework.cases.services import Reached, decide_review, reach_stage
from kavalan.casework.errors import RefusedError

from ..conftest import NOW

DAY = timedelta(days=1)
CLOSED = Reached(Stage.CLOSED, NOW - DAY, Outcome.UNTRACED, "nobody was traced")


def test_supervisor_decides_and_what_is_kept_is_looked_through_again(people, case):
    reach_stage(people.bob, NOW, case=case, reached=CLOSED)
    review = RetentionReview.objects.get()
    with pytest.raises(RefusedError, match="Your role"):
        decide_review(people.bob, NOW, review=review, decision=ReviewDecision.KEPT, reason="an appeal")
    decide_review(people.alice, NOW, review=review, decision=ReviewDecision.KEPT, reason="an appeal")
    again = RetentionReview.objects.get(decided_at__isnull=True)
    assert again.due_at == NOW + 365 * DAY
    decide_review(people.alice, NOW + DAY, review=again, decision=ReviewDecision.LET_GO, reason="nothing holds it")
    assert not RetentionReview.objects.filter(decided_at__isnull=True).exists()
    with pytest.raises(RefusedError, match="decided already"):
        decide_review(people.alice, NOW, review=again, decision=ReviewDecision.KEPT, reason="again")


def test_review_does_not_reopen_a_case(people, case):
    reach_stage(people.bob, NOW, case=case, reached=CLOSED)
    with pytest.raises(RefusedError, match="on its own page"):
        decide_review(
            people.alice, NOW, review=case.reviews.get(), decision=ReviewDecision.REOPENED, reason="a witness"
        )
