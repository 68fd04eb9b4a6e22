"""When a job's hours are, and what is told of its end."""

from datetime import UTC, datetime, timedelta

import pytest

from kavalan.casework.jobs.models import Window
from kavalan.casework.jobs.rules import open_windows, time_left

NIGHTLY = {Window.ALWAYS, Window.NIGHTS, Window.NIGHTS_AND_WEEKENDS}


# 2 March 2026 is a Monday.
@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [
        (2, 12, {Window.ALWAYS}),
        (2, 22, NIGHTLY),
        (3, 5, NIGHTLY),
        (3, 6, {Window.ALWAYS}),
        (6, 21, {Window.ALWAYS}),
        (7, 12, {Window.ALWAYS, Window.NIGHTS_AND_WEEKENDS}),
        (8, 21, {Window.ALWAYS, Window.NIGHTS_AND_WEEKENDS}),
        (9, 3, NIGHTLY),
    ],
)
def test_windows_open_by_night_and_at_weekends(day, hour, expected):
    assert set(open_windows(datetime(2026, 3, day, hour, tzinfo=UTC), "22-6")) == expected


def test_the_rest_takes_as_long_as_the_pace_until_now_says():
    assert time_left(25, 100, timedelta(minutes=10)) == timedelta(minutes=30)


@pytest.mark.parametrize(
    ("done", "total", "minutes"),
    [(25, None, 10), (0, 100, 10), (101, 100, 10), (25, 100, 0.5)],
    ids=["amount unknown", "nothing done", "more than was foretold", "just begun"],
)
def test_an_end_that_nobody_can_tell_is_not_told(done, total, minutes):
    assert time_left(done, total, timedelta(minutes=minutes)) is None
