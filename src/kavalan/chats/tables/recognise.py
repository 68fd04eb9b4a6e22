"""Tables of calls and payments, which nothing in them names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.chats.candidates import Found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kavalan.chats.candidates import Candidate


def named_table(candidates: Sequence[Candidate]) -> Iterator[Found]:
    """A file that is named alone and called a table; its reader asks what the columns mean."""
    for one in candidates:
        if one.named and one.name.lower().endswith(".csv"):
            yield Found("table", (one.name,))
