"""Reports, by their names and how they begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.chats.candidates import Found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kavalan.chats.candidates import Candidate

_OF_REPORTS: Final = b"pa.cellebrite.com/report"
"""In the name of their namespace."""


def report(candidates: Sequence[Candidate]) -> Iterator[Found]:
    """Every report; in UTF-16 too, which is told without its NULs."""
    for one in candidates:
        if one.name.lower().endswith(".xml") and _OF_REPORTS in one.head.replace(b"\0", b""):
            yield Found("ufdr", (one.name,))
