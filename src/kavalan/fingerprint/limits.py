"""What a picture may demand before anything is allocated for it."""

from __future__ import annotations

MAX_PIXELS = 300_000_000
"""A picture larger than this is refused by its header. The largest phone sensor takes 200 million; at four bytes a
pixel the decoder needs 1.2 GB for this many."""

MAX_SIDE = 1 << 18
"""No side may be longer: a JPEG ends at 65,535, and a strip of 5 × 60 million pixels shows nothing."""

MAX_FILE = 1 << 30
"""Bytes of a picture's file that are read where it cannot be mapped into memory."""


class UnreadableError(Exception):
    """No picture can be had from a file; the text says why."""


def check_size(width: int, height: int) -> None:
    """Refuse what no decoder should be asked for.

    Raises:
        UnreadableError: a side or the number of pixels is beyond the limits, or not positive.
    """
    if min(width, height) < 1 or max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        reason = (
            f"refused: its header states {width} x {height} pixels; the limit is {MAX_PIXELS:,}, {MAX_SIDE:,} a side"
        )
        raise UnreadableError(reason)
