"""Starting a time limit of the law."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.clocks.models import Clock
from kavalan.casework.clocks.services import start_clock
from kavalan.casework.errors import RefusedError
from kavalan.casework.guard import writing

from ..conftest import NOW
from .conftest import LIMIT

HOUR = timedelta(hours=1)


def test_it_runs_from_when_it_happened_not_from_when_it_was_written_down(people, exhibit, last_entry):
    started = start_clock(people.bob, NOW, name=LIMIT, matter=exhibit, started_at=NOW - 3 * HOUR)
    assert (started.started_at, started.recorded_at) == (NOW - 3 * HOUR, NOW)
    assert started.due_at == NOW - 3 * HOUR + timedelta(hours=48)
    entry, said = last_entry()
    assert (entry.verb, entry.subject) == ("clock.start", started.public_id)
    assert (said["limit"], said["version"], said["about"]) == (LIMIT, "2024-07-01", str(exhibit.public_id))


def test_without_delay_is_no_number(people, exhibit):
    assert start_clock(people.bob, NOW, name="bnss-105", matter=exhibit, started_at=NOW).due_at is None


def test_it_keeps_the_version_of_the_day_on_which_it_began_in_the_desks_zone(people, exhibit):
    # In India 1 July has begun.
    evening = datetime(2024, 6, 30, 18, 30, tzinfo=UTC)
    made = start_clock(people.bob, NOW, name=LIMIT, matter=exhibit, started_at=evening)
    assert made.version == date(2024, 7, 1)
    with pytest.raises(RefusedError, match="not in force on 2024-06-30"):
        start_clock(people.bob, NOW, name=LIMIT, matter=exhibit, started_at=evening - timedelta(seconds=1))


def test_limit_hangs_on_an_authority_of_the_unit(people):
    made = start_clock(people.dora, NOW, name="pocso-19-6", matter=people.warrant, started_at=NOW)
    assert (made.matter, made.due_at) == (people.warrant, NOW + timedelta(hours=24))


@pytest.mark.parametrize(
    ("who", "name", "ahead", "why"),
    [
        ("charlie", LIMIT, 0, "works on this"),
        ("dora", LIMIT, 0, "works on this"),
        ("bob", "no-such-limit", 0, "no-such-limit"),
        ("bob", LIMIT, 1, "lies ahead"),
    ],
)
def test_stranger_unknown_limit_or_future_starts_nothing(people, exhibit, entries, who, name, ahead, why):
    before = entries()
    with pytest.raises(RefusedError, match=why):
        start_clock(getattr(people, who), NOW, name=name, matter=exhibit, started_at=NOW + ahead * HOUR)
    assert (entries(), Clock.objects.count()) == (before, 0)


def test_filter_officer_and_other_unit_keep_no_limits(people, exhibit):
    grant(people.alice, NOW, compartment=people.compartment, to=people.dora, role=Role.FILTER_OFFICER)
    for who, matter in ((people.dora, exhibit), (people.charlie, people.warrant)):
        with pytest.raises(RefusedError, match="works on this"):
            start_clock(who, NOW, name=LIMIT, matter=matter, started_at=NOW)


def test_same_event_is_told_once(people, exhibit, clock):
    with pytest.raises(RefusedError, match="recorded already"):
        start_clock(people.alice, NOW, name=LIMIT, matter=exhibit, started_at=NOW)
    start_clock(people.alice, NOW, name=LIMIT, matter=exhibit, started_at=NOW - HOUR)


def test_database_refuses_a_limit_about_nothing_or_two_things(people, clock):
    for values in ({"exhibit": None}, {"authority": people.warrant}):
        with writing(frozenset({"clocks_clock"})), pytest.raises(IntegrityError):
            Clock.objects.update(**values)
