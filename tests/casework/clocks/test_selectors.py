"""Which time limits an officer sees, and in which order."""

from datetime import timedelta

from kavalan.casework.clocks.rules import Event
from kavalan.casework.clocks.selectors import about, clock_for, running
from kavalan.casework.clocks.services import start_clock
from kavalan.law import packaged_law

from ..conftest import NOW

HOUR = timedelta(hours=1)


def test_who_sees_what_it_hangs_on_sees_it_and_nobody_else(people, exhibit, clock):
    of_unit = start_clock(people.dora, NOW, name="bnss-105", matter=people.warrant, started_at=NOW)
    seen = {
        who: {shown.clock for shown in running(getattr(people, who), NOW)}
        for who in ("alice", "bob", "dora", "charlie")
    }
    assert seen == {"alice": {clock, of_unit}, "bob": {clock, of_unit}, "dora": {of_unit}, "charlie": set()}
    assert clock_for(people.dora, clock.public_id, NOW) is None


def test_what_has_no_number_leads_then_the_first_to_be_too_late(people, exhibit, clock):
    earlier = start_clock(people.bob, NOW, name="bnss-185-5", matter=exhibit, started_at=NOW - 9 * HOUR)
    prompt = start_clock(people.bob, NOW, name="bnss-105", matter=exhibit, started_at=NOW)
    at = NOW + 40 * HOUR
    told = [(shown.clock, shown.state) for shown in running(people.alice, at)]
    assert told == [(prompt, "prompt"), (earlier, "overdue"), (clock, "due")]
    assert [shown.clock for shown in about(exhibit, at)] == [prompt, earlier, clock]


def test_desk_has_words_for_every_event_that_the_law_starts_something_with():
    events = {clock.trigger.event for versions in packaged_law().clocks.values() for clock in versions}
    assert events == set(Event.values)
