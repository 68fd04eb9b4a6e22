"""Time limits against a plain walk through hours and days."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.law import Clock, CountError, Days, Hours, Months, Said, Trigger, WithoutDelay, due

KOLKATA = ZoneInfo("Asia/Kolkata")
ZONES = st.sampled_from([KOLKATA, ZoneInfo("UTC"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/Sao_Paulo")])
FIRST, LAST = datetime(2012, 1, 1), datetime(2035, 1, 1)  # noqa: DTZ001 Hypothesis wants its bounds without a zone
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
SECOND = timedelta(seconds=1)


def clock(length):
    said = Said("text", "M", "a test", False)
    return Clock(
        id="a-clock",
        provision="Some Act, s. 1",
        trigger=Trigger("some.event", said),
        runs_for=("police",),
        nature="duty",
        length=length,
        length_stated=said,
        actor=said,
        demands=said,
    )


def end(length, started_at, zone=KOLKATA, **more):
    return due(clock(length), started_at, started_at, zone, **more).at


def walk(day, days):
    """The date so many days later, one at a time, by hand."""
    for _ in range(days):
        day = date.fromordinal(day.toordinal() + 1)
    return day


@given(MOMENTS, st.integers(1, 500), ZONES)
def test_hours_pass_one_by_one_whatever_the_zone(started_at, number, zone):
    moment = started_at
    for _ in range(number):
        moment += timedelta(minutes=60)
    assert end(Hours(number, "counted"), started_at, zone) == moment


@given(MOMENTS, st.integers(1, 400), ZONES)
def test_days_end_with_the_last_of_so_many_after_the_first(started_at, number, zone):
    at = end(Days(number, "first-left-out"), started_at, zone)
    last = walk(started_at.astimezone(zone).date(), number)
    assert (at - SECOND).astimezone(zone).date() == last
    assert at.astimezone(zone).date() == walk(last, 1)


@given(MOMENTS, st.integers(1, 60), ZONES)
def test_clear_days_lie_whole_between_the_first_and_the_last(started_at, number, zone):
    at = end(Days(number, "clear"), started_at, zone)
    first, last = started_at.astimezone(zone).date(), (at - SECOND).astimezone(zone).date()
    between, day = 0, walk(first, 1)
    while day < last:
        between, day = between + 1, walk(day, 1)
    assert between == number


@given(MOMENTS, st.integers(1, 30), ZONES)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(started_at, number, zone):
    first = started_at.astimezone(zone).date()
    last = (end(Months(number), started_at, zone) - SECOND).astimezone(zone).date()
    turns, day = 0, first
    while day < last:
        day = walk(day, 1)
        turns += day.day == 1
    assert turns == number
    assert last.day == first.day or (last.day < first.day and walk(last, 1).day == 1)


@given(MOMENTS, st.timedeltas(timedelta(days=-9), timedelta(days=9)))
def test_it_is_overdue_from_the_moment_on_which_nothing_remains(started_at, offset):
    state = due(clock(Hours(24, "counted")), started_at, started_at + timedelta(hours=24) + offset, KOLKATA)
    assert state.overdue == (offset >= timedelta(0))
    assert state.remaining == -offset
    assert state.elapsed == timedelta(hours=24) + offset


@given(MOMENTS, st.integers(1, 90))
def test_the_answer_is_the_same_in_whichever_zone_the_moment_was_written(started_at, number):
    elsewhere = started_at.astimezone(timezone(timedelta(hours=-9)))
    assert end(Days(number, "first-left-out"), elsewhere) == end(Days(number, "first-left-out"), started_at)


@pytest.mark.parametrize(
    ("started_at", "at"),
    [
        ("2026-03-10T18:29:59+00:00", "2026-03-13T18:30:00+00:00"),  # 23:59:59 in India, the 10th
        ("2026-03-10T18:30:00+00:00", "2026-03-14T18:30:00+00:00"),  # midnight: the 11th
    ],
)
def test_the_day_turns_at_midnight_in_india(started_at, at):
    assert end(Days(3, "first-left-out"), datetime.fromisoformat(started_at)) == datetime.fromisoformat(at)


def test_a_month_from_the_last_of_january_ends_with_february():
    assert end(Months(1), datetime(2024, 1, 31, 6, tzinfo=UTC)) == datetime(2024, 2, 29, 18, 30, tzinfo=UTC)


def test_a_clock_without_a_number_is_never_overdue_and_says_what_has_passed():
    started_at = datetime(2026, 1, 1, tzinfo=UTC)
    state = due(clock(WithoutDelay()), started_at, started_at + timedelta(days=900), KOLKATA)
    assert (state.at, state.remaining, state.overdue) == (None, None, False)
    assert state.elapsed == timedelta(days=900)


def test_a_journey_is_left_out_where_the_law_leaves_it_out():
    started_at = datetime(2026, 1, 1, tzinfo=UTC)
    at = end(Hours(24, "excluded"), started_at, journey=timedelta(hours=5))
    assert at == started_at + timedelta(hours=29)


@pytest.mark.parametrize("length", [Hours(24, "counted"), Days(1, "clear"), Months(1), WithoutDelay()])
def test_a_journey_is_refused_where_the_law_counts_it(length):
    with pytest.raises(CountError, match="a-clock: a journey of 1:00:00"):
        end(length, datetime(2026, 1, 1, tzinfo=UTC), journey=timedelta(hours=1))


def test_a_journey_below_zero_is_refused():
    with pytest.raises(CountError, match="journey"):
        end(Hours(24, "excluded"), datetime(2026, 1, 1, tzinfo=UTC), journey=-SECOND)


def test_a_time_without_a_zone_is_refused():
    aware, naive = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1)  # noqa: DTZ001 that is what is refused
    for moments in ((aware, naive), (naive, aware)):
        with pytest.raises(CountError, match="says no time zone"):
            due(clock(WithoutDelay()), *moments, KOLKATA)


@pytest.mark.parametrize("length", [Hours(100_000, "counted"), Days(100_000, "clear"), Months(100_000)])
def test_an_end_beyond_the_calendar_is_refused(length):
    with pytest.raises(CountError, match="beyond the year 9999"):
        end(length, datetime(9990, 1, 1, tzinfo=UTC))
