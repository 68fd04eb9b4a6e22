"""The verbs of time limits."""

from kavalan.casework.clocks.services.single import correct_clock, dismiss_clock, meet_clock, start_clock
from kavalan.casework.clocks.services.together import MOST_TOGETHER, meet_together

__all__ = ["MOST_TOGETHER", "correct_clock", "dismiss_clock", "meet_clock", "meet_together", "start_clock"]
