"""When frames are shown and which are taken."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kavalan.fingerprint.video.clock import FrameClock, Sampler

STAMPS = st.lists(st.none() | st.floats(-1e6, 1e6), min_size=1, max_size=50)


def taken(interval: float, times: list[float]) -> list[float]:
    sampler = Sampler(interval)
    return [time for time in times if sampler.wants(time)]


def test_a_missing_stamp_is_one_step_after_the_frame_before():
    clock = FrameClock(0.04)
    assert [clock.tick(None) for _ in range(3)] == [0, 0.04, 0.08]


def test_a_stamp_that_goes_back_goes_on_from_where_it_was():
    clock = FrameClock(0.5)
    assert [clock.tick(stamp) for stamp in (10, 11, 0, 1)] == [0, 1, 1.5, 2.5]


@given(STAMPS)
def test_time_never_runs_backwards(stamps):
    clock = FrameClock(0.04)
    times = [clock.tick(stamp) for stamp in stamps]
    assert times == sorted(times)
    assert times[0] == 0


def test_frames_at_29_97_are_taken_at_the_first_after_each_second():
    times = [number * 1001 / 30000 for number in range(100)]
    assert [round(time, 3) for time in taken(1, times)] == [0, 1.001, 2.002, 3.003]


def test_milliseconds_rounded_down_are_still_due():
    assert taken(1, [0, 0.966, 0.999, 1.033]) == [0, 0.999]


def test_a_gap_is_sampled_once_and_then_in_step():
    assert taken(1, [0, 0.5, 7.3, 7.9, 8.0, 8.5]) == [0, 7.3, 8.0]


def test_a_clock_that_stands_still_does_not_hide_the_rest():
    assert len(taken(1, [0.0] * 901)) == 4


@given(st.floats(0.01, 10), st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_no_two_taken_frames_lie_in_one_interval(interval, gaps):
    times = [sum(gaps[:count]) for count in range(len(gaps))]
    cells = [int((time + 0.002) // interval) for time in taken(interval, times)]
    assert len(cells) == len(set(cells)) or len(times) > 300 * interval
