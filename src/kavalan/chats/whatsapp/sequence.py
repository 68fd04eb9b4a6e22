"""Whether a message stands where its time says: a header that somebody pasted usually does not."""

from __future__ import annotations

from typing import Final

_CLOCK_SET: Final = 50
"""Messages in a row that are earlier than those before: then the telephone's clock was set, or two exports joined."""


class Sequence:
    """Takes the times of messages in the order of the export."""

    def __init__(self) -> None:
        self._anchor: int | None = None
        self._behind = 0

    def suspect(self, own: int | None, following: int | None) -> bool:
        """Whether a message is out of the order of time.

        Args:
            own: its time in seconds; None where it is unknown.
            following: that of the next one; None for unknown, or for none.
        """
        if own is None:
            return False
        anchor = self._anchor
        if anchor is None or own >= anchor:
            # One that lies ahead of a next one which itself stands in order is the one that is wrong.
            self._behind = 0
            if following is not None and anchor is not None and anchor <= following < own:
                return True
            self._anchor = own
            return False
        self._behind += 1
        if self._behind > _CLOCK_SET:
            self._anchor, self._behind = own, 0
        return True
