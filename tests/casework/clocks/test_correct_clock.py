"""Correcting a time limit that began at a wrong moment."""

from datetime import timedelta

import pytest

from kavalan.casework.clocks.models import Clock
from kavalan.casework.clocks.selectors import clock_for, history, running
from kavalan.casework.clocks.services import correct_clock, dismiss_clock, meet_clock
from kavalan.casework.errors import RefusedError

from ..conftest import NOW

HOUR = timedelta(hours=1)


def correct(who, clock, at=NOW - 5 * HOUR, reason="the diary says so"):
    return correct_clock(who, NOW + HOUR, clock=clock, started_at=at, reason=reason)


def test_another_row_stands_in_its_place_and_the_wrong_one_stays_as_it_was(people, clock, last_entry):
    before = Clock.objects.filter(pk=clock.pk).values().get()
    made = correct(people.alice, clock)
    assert Clock.objects.filter(pk=clock.pk).values().get() == before
    assert (made.started_at, made.due_at) == (NOW - 5 * HOUR, NOW + 43 * HOUR)
    assert (made.corrects, made.correction_why) == (clock, "the diary says so")
    assert last_entry()[1]["corrects"] == str(clock.public_id)
    assert [shown.clock for shown in running(people.bob, NOW)] == [made]
    assert clock_for(people.bob, clock.public_id, NOW).state == "corrected"
    assert history(made) == [clock]


def test_that_it_was_met_is_taken_over(people, clock):
    meet_clock(people.bob, NOW + HOUR, clock=clock, met_at=NOW + HOUR, note="by hand")
    made = correct(people.bob, clock)
    assert (made.met_at, made.met_by, made.met_note) == (NOW + HOUR, people.bob, "by hand")
    with pytest.raises(RefusedError, match="before it was met"):
        correct_clock(people.bob, NOW + 3 * HOUR, clock=made, started_at=NOW + 2 * HOUR, reason="a slip")


@pytest.mark.parametrize(
    ("who", "at", "reason", "why"),
    [
        ("charlie", NOW - HOUR, "r", "works on this"),
        ("bob", NOW, "r", "another moment"),
        ("bob", NOW + 2 * HOUR, "r", "lies ahead"),
        ("bob", NOW - HOUR, " ", "reason is needed"),
    ],
)
def test_stranger_same_or_future_moment_or_no_reason_corrects_nothing(people, clock, entries, who, at, reason, why):
    before = entries()
    with pytest.raises(RefusedError, match=why):
        correct(getattr(people, who), clock, at, reason)
    assert (entries(), Clock.objects.count()) == (before, 1)


def test_what_was_corrected_or_dismissed_is_touched_no_more(people, clock):
    made = correct(people.alice, clock)
    with pytest.raises(RefusedError, match="was corrected"):
        correct(people.alice, clock, NOW - 6 * HOUR)
    dismiss_clock(people.alice, NOW, clock=made, reason="no such search")
    with pytest.raises(RefusedError, match="does not apply"):
        correct(people.alice, made, NOW - 6 * HOUR)
