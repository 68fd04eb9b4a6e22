"""What operations say on the first page."""

from datetime import UTC, datetime, timedelta

import pytest

from kavalan.casework.mydesk.sort import Shelf
from kavalan.casework.operations.rules import State
from kavalan.casework.operations.services import close_operation, correct_state

from ..waiting import waiting

MORNING = datetime(2026, 3, 7, 0, 30, tzinfo=UTC)
"""Of the search day, in the zone of the desk."""


@pytest.fixture
def asked(operation):
    """What is said of the operation to an officer at a time, by what must be done."""

    def ask(officer, now, shelf):
        waits = waiting(officer, now, shelf=shelf)
        told = {str(wait.what): [way.text for way in wait.ways] for wait in waits}
        return {what: ways for what, ways in told.items() if "search" in what}

    return ask


def test_search_day_is_told_within_a_week_of_it(people, operation, asked):
    assert asked(people.charlie, MORNING - timedelta(days=8), Shelf.DUE) == {}
    before = asked(people.charlie, MORNING - timedelta(days=3), Shelf.DUE)
    assert before == {"A search day within a week": ["COAST/OP/1/2026"]}
    assert asked(people.dora, MORNING, Shelf.DUE) == {}


def test_sites_of_ones_team_wait_on_the_day_until_they_are_searched(people, sites, asked, tell):
    assert asked(people.charlie, MORNING - timedelta(days=1), Shelf.WAITS) == {}
    tell(sites[0], State.NOTHING)
    plan = sites[1].entries.get()
    correct_state(people.alice, MORNING, entry=plan, what=State.TAKEN_BACK, moment=MORNING, reason="the wrong street")
    assert asked(people.charlie, MORNING, Shelf.WAITS) == {"A site that your team searches": ["S-3"]}
    # Bob is in the team and was not let in.
    assert asked(people.bob, MORNING, Shelf.WAITS) == {}


def test_operation_whose_day_is_over_waits_to_be_closed_by_who_supervises_it(people, operation, sites, asked):
    after = MORNING + timedelta(days=1)
    assert asked(people.alice, MORNING, Shelf.WAITS) == {}
    waits = asked(people.alice, after, Shelf.WAITS)
    assert waits == {"An operation to close: its search day is over": ["COAST/OP/1/2026"]}
    close_operation(people.alice, after, operation=operation)
    assert asked(people.alice, after, Shelf.WAITS) == {}
