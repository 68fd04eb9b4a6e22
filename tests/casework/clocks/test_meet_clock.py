"""Saying that a time limit was met."""

from datetime import timedelta

import pytest

from kavalan.casework.clocks.models import Clock
from kavalan.casework.clocks.selectors import clock_for
from kavalan.casework.clocks.services import meet_clock
from kavalan.casework.errors import RefusedError

from ..conftest import NOW

HOUR = timedelta(hours=1)
LATER = NOW + timedelta(days=9)


def meet(who, clock, at=NOW + HOUR, note="by hand, receipt 4", now=LATER):
    return meet_clock(who, now, clock=clock, met_at=at, note=note)


@pytest.mark.parametrize(("hours", "late"), [(47, "no"), (48, "yes")])
def test_it_says_when_how_by_whom_and_whether_too_late(people, clock, last_entry, hours, late):
    met = meet(people.alice, clock, NOW + hours * HOUR)
    assert (met.met_at, met.met_by, met.met_note) == (NOW + hours * HOUR, people.alice, "by hand, receipt 4")
    assert last_entry()[1]["late"] == late
    assert clock_for(people.bob, clock.public_id, LATER).state == ("met_late" if late == "yes" else "met")


@pytest.mark.parametrize(
    ("who", "at", "note", "why"),
    [
        ("charlie", NOW + HOUR, "by hand", "works on this"),
        ("bob", NOW - HOUR, "by hand", "between its beginning and now"),
        ("bob", LATER + HOUR, "by hand", "between its beginning and now"),
        ("bob", NOW + HOUR, "  ", "Say how"),
    ],
)
def test_stranger_impossible_moment_or_nothing_said_meets_nothing(people, clock, entries, who, at, note, why):
    before = entries()
    with pytest.raises(RefusedError, match=why):
        meet(getattr(people, who), clock, at, note)
    assert (entries(), Clock.objects.get().met_at) == (before, None)


def test_it_is_met_once(people, clock):
    meet(people.bob, clock)
    with pytest.raises(RefusedError, match="met already"):
        meet(people.bob, clock)
