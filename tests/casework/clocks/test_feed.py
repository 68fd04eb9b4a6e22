"""The duty list in a calendar."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from kavalan.casework.clocks.feed import events_for
from kavalan.casework.clocks.models import Clock
from kavalan.casework.clocks.services import correct_clock, dismiss_clock, meet_clock, start_clock

from ..conftest import NOW

HOUR = timedelta(hours=1)


def events(who, now=NOW):
    return {one.summary: one for one in events_for(who, now, "https://desk.example".__add__)}


@pytest.fixture
def now(people, clock):
    return NOW + HOUR


def test_event_says_reference_section_and_address_alone(people, clock):
    (only,) = events(people.bob).values()
    assert only.summary == "E-1, s. 185(5)"
    assert (only.at, only.sequence, only.cancelled) == (NOW + 48 * HOUR, 0, False)
    assert only.address == f"https://desk.example/clocks/{clock.public_id}/"
    assert events(people.dora) == {}


def test_correction_is_the_same_event_at_another_time(people, clock, now):
    made = correct_clock(people.bob, now, clock=clock, started_at=NOW - HOUR, reason="the diary")
    again = correct_clock(people.bob, now, clock=made, started_at=NOW - 2 * HOUR, reason="the diary again")
    (only,) = events(people.bob, now).values()
    assert (only.id, only.sequence, only.at) == (clock.public_id, 2, NOW + 46 * HOUR)
    assert only.address.endswith(f"{again.public_id}/")


def test_what_was_met_or_put_aside_is_cancelled_for_a_month(people, clock, now):
    meet_clock(people.bob, now, clock=clock, met_at=now, note="by hand")
    put_aside = start_clock(people.bob, now, name="pocso-19-6", matter=clock.exhibit, started_at=NOW)
    dismiss_clock(people.alice, now, clock=put_aside, reason="another unit's")
    found = events(people.bob, now)
    assert {name: (one.cancelled, one.sequence) for name, one in found.items()} == {
        "E-1, s. 185(5)": (True, 1),
        "E-1, s. 19(6)": (True, 1),
    }
    assert events(people.bob, now + timedelta(days=31)) == {}


def test_what_has_no_moment_is_in_no_calendar(people, exhibit):
    start_clock(people.bob, NOW, name="bnss-105", matter=exhibit, started_at=NOW)
    assert events(people.bob) == {}


def test_file_is_saved_and_another_parser_reads_it(client, people, lay):
    lay(2, at=timezone.now() - HOUR)
    client.force_login(people.bob)
    answer = client.get("/clocks/duty-list.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="duty-list.ics"'
    read = Calendar.from_ical(answer.content)
    assert sorted(str(one["SUMMARY"]) for one in read.walk("VEVENT")) == [
        "R-1, s. 19(5)",
        "R-1, s. 19(6)",
        "R-2, s. 19(5)",
        "R-2, s. 19(6)",
    ]
    assert {one["DTSTART"].dt for one in read.walk("VEVENT")} == {Clock.objects.first().due_at.replace(microsecond=0)}
    for word in (b"POCSO", b"child", b"offence", b"Alice", b"Kurian", b"Coastal"):
        assert word.lower() not in answer.content.lower()
