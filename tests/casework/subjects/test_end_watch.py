"""What came of a watch is recorded when it ends."""

from datetime import timedelta

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.subjects.rules import Outcome
from kavalan.casework.subjects.selectors.watches import to_conclude
from kavalan.casework.subjects.services import end_watch
from kavalan.casework.subjects.services.watches import Found

from .conftest import SOON, fresh

FOUND = Found(Outcome.USEFUL, "two reports more")


def test_watch_is_ended_early_with_its_outcome(people, watch):
    end_watch(people.bob, SOON, watch=watch, found=FOUND)
    ended = fresh(watch)
    assert (ended.ended_at, ended.ended_by, ended.outcome) == (SOON, people.bob, "useful")
    with pytest.raises(RefusedError, match="already"):
        end_watch(people.bob, SOON, watch=watch, found=FOUND)


def test_watch_that_is_over_waits_for_its_outcome_and_ended_on_its_last_day(people, watch):
    after = watch.until + timedelta(days=3)
    assert list(to_conclude(people.alice, SOON)) == []
    assert list(to_conclude(people.alice, after)) == [watch]
    end_watch(people.alice, after, watch=watch, found=FOUND)
    assert fresh(watch).ended_at == watch.until
    assert list(to_conclude(people.alice, after)) == []
