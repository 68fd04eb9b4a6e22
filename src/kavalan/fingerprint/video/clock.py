"""When a frame is shown, and which frames are sampled."""

from __future__ import annotations

from math import ceil, floor
from typing import Final

_ROUNDING: Final = 0.002
"""Seconds. Matroska keeps whole milliseconds, so a frame that is due may be stamped one early."""

_FRAMES_A_SECOND: Final = 300
"""More than any camera's rate that is played at its own speed; stamps that move slower are not believed."""


class FrameClock:
    """Seconds since the first frame, from time stamps that may be missing, negative or run backwards.

    Args:
        step: seconds from a frame to the next, used where the stamps do not tell.
    """

    def __init__(self, step: float) -> None:
        self.step = step
        self._last: float | None = None
        self._shift = 0.0

    def tick(self, stamp: float | None) -> float:
        """The time of the next frame, given its presentation time in seconds, or None where it has none."""
        if self._last is None:
            self._shift = -(stamp or 0.0)
            self._last = 0.0
            return 0.0
        time = self._last + self.step if stamp is None else stamp + self._shift
        if time < self._last:  # two recordings one after the other: go on from here
            self._shift += self._last + self.step - time
            time = self._last + self.step
        self._last = time
        return time


class Sampler:
    """Chooses the first frame, then the first one at or after each multiple of the interval.

    By time and not by counting frames, since phones record at a varying rate. A clock that stands still must not hide
    the rest of a video: after 300 frames for each second of the interval the next one is taken all the same.

    Args:
        interval: seconds; 0 takes every frame.
    """

    def __init__(self, interval: float) -> None:
        self._interval = interval
        self._stride = max(1, ceil(_FRAMES_A_SECOND * interval))
        self._due = 0.0
        self._since = 0

    def wants(self, time: float) -> bool:
        """Whether the frame at this time is sampled; asked once for every frame, in order."""
        self._since += 1
        if time < self._due - _ROUNDING and self._since < self._stride:
            return False
        self._since = 0
        if self._interval:
            self._due = (floor((time + _ROUNDING) / self._interval) + 1) * self._interval
        return True
