"""What one look found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found.

    Attributes:
        subject: what was looked at.
        text: what was seen.
        cure: what to do about it; None where nothing is wrong.
    """

    subject: str
    text: str
    cure: str | None = None
