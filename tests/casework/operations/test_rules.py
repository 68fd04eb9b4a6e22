"""What the entries about a site come to."""

from datetime import timedelta
from itertools import product

import pytest

from kavalan.casework.operations.rules import State, Told, fault, standing

from ..conftest import NOW

HOUR = timedelta(hours=1)
PLAN = Told(1, State.PLANNED, NOW)


def told(number, what, hours=0, persons=0, corrects=None):
    return Told(number, State(what), NOW + hours * HOUR, persons, corrects)


def test_planned_site_was_not_searched():
    found = standing([PLAN])
    assert (found.state, found.searched_at) == (State.PLANNED, None)


def test_site_is_searched_from_the_earliest_that_is_told():
    found = standing([PLAN, told(2, "seized", 3), told(3, "searched", 2)])
    assert (found.state, found.searched_at, found.seized) == (State.SEIZED, NOW + 2 * HOUR, True)


def test_arrests_add_up_and_go_before_what_was_seized():
    found = standing([PLAN, told(2, "arrested", 1, 2), told(3, "seized", 1), told(4, "arrested", 5, 1)])
    assert (found.state, found.arrests, found.seized) == (State.ARRESTED, 3, True)


def test_corrected_entry_counts_no_more():
    found = standing([PLAN, told(2, "arrested", 1, 2), told(3, "arrested", 1, 1, corrects=2)])
    assert found.arrests == 1


def test_entry_that_was_taken_back_leaves_what_was_before():
    assert standing([PLAN, told(2, "nothing"), told(3, "taken_back", corrects=2)]).state == State.PLANNED


def test_site_whose_plan_was_taken_back_stands_so():
    assert standing([PLAN, told(2, "taken_back", corrects=1)]).state == State.TAKEN_BACK


@pytest.mark.parametrize(
    ("entries", "new", "why"),
    [
        ([PLAN], told(2, "arrested"), "how many persons"),
        ([PLAN], told(2, "arrested", persons=100), "how many persons"),
        ([PLAN], told(2, "seized", persons=1), "with an arrest alone"),
        ([PLAN, told(2, "searched")], told(3, "searched", 1), "told already"),
        ([PLAN, told(2, "arrested", 1, 1)], told(3, "arrested", 1, 1), "told already"),
        ([PLAN, told(2, "nothing")], told(3, "seized"), "cannot both be so"),
        ([PLAN, told(2, "seized")], told(3, "nothing"), "cannot both be so"),
        ([PLAN, told(2, "taken_back", corrects=1)], told(3, "searched"), "site was taken back"),
        ([PLAN, told(2, "searched")], told(3, "taken_back", corrects=1), "before the site itself"),
    ],
)
def test_what_cannot_stand_beside_the_others_is_refused(entries, new, why):
    assert why in fault(entries, new)


@pytest.mark.parametrize(
    ("entries", "new"),
    [
        ([PLAN, told(2, "arrested", 1, 1)], told(3, "arrested", 2, 1)),
        ([PLAN, told(2, "nothing")], told(3, "seized", corrects=2)),
        ([PLAN, told(2, "nothing")], told(3, "arrested", 0, 1)),
        ([PLAN, told(2, "nothing"), told(3, "taken_back", corrects=2)], told(4, "nothing")),
        ([PLAN], told(2, "taken_back", corrects=1)),
    ],
)
def test_what_can_stand_is_not_refused(entries, new):
    assert fault(entries, new) is None


WHAT = [State.SEARCHED, State.NOTHING, State.SEIZED, State.ARRESTED, State.TAKEN_BACK]


def test_whatever_is_entered_arrests_are_those_of_entries_that_nobody_corrected():
    for tries in product(product(WHAT, (None, 1, 2, 3)), repeat=3):
        entries = [PLAN]
        for what, corrects in tries:
            wrong = corrects if corrects and corrects <= len(entries) else None
            new = told(len(entries) + 1, what, len(entries), 2 if what == State.ARRESTED else 0, wrong)
            fresh = wrong is None or all(one.corrects != wrong for one in entries)
            if fresh and (what != State.TAKEN_BACK or wrong) and fault(entries, new) is None:
                entries.append(new)
        # Written out by hand: an entry counts while no later one names it.
        left = [one for one in entries if not any(other.corrects == one.number for other in entries)]
        found = standing(entries)
        assert found.arrests == sum(one.persons for one in left if one.what == State.ARRESTED)
        assert not (found.nothing and found.seized)
        assert (found.state == State.TAKEN_BACK) <= (found.searched_at is None)
