"""A device's clock against true time."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kavalan.casework.custody.skew import skew_of

TRUE = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def test_clock_that_shows_minutes_is_known_to_half_a_minute():
    skew = skew_of(TRUE + timedelta(minutes=7), TRUE, step=MINUTE, within=timedelta(0))
    assert (skew.middle, skew.either_way) == (timedelta(minutes=7, seconds=30), timedelta(seconds=30))


def test_clock_that_is_behind_is_said_so():
    skew = skew_of(TRUE - timedelta(hours=2), TRUE, step=SECOND, within=timedelta(seconds=5))
    assert (skew.least, skew.most) == (timedelta(hours=-2, seconds=-5), timedelta(hours=-2, seconds=6))


@given(st.integers(-100000, 100000), st.integers(0, 59), st.integers(-30, 30))
def test_what_the_clock_really_was_lies_within_what_is_said(ahead, hidden, off):
    # The device was `ahead` and showed whole minutes; the watch that it was compared with was `off` by at most thirty.
    watch = TRUE + timedelta(seconds=off)
    really = TRUE + timedelta(seconds=ahead + hidden)
    shown = really.replace(second=0)
    skew = skew_of(shown, watch, step=MINUTE, within=timedelta(seconds=30))
    assert skew.least <= really - TRUE <= skew.most
