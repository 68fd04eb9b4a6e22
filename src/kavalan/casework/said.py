"""What people write beside what they do."""

from __future__ import annotations

from kavalan.casework.errors import RefusedError

LONGEST = 400
"""Characters that are kept of a reason."""


def required(text: str, missing: str = "A reason is needed.", longest: int = LONGEST) -> str:
    """The text without the white space around it, as far as it is kept: `longest` characters.

    Raises:
        RefusedError: nothing was written; `missing` says what was wanted.
    """
    if not text.strip():
        raise RefusedError(missing)
    return text.strip()[:longest]
