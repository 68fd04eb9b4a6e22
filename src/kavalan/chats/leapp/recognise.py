"""Tables of ALEAPP and iLEAPP, by their columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.chats.candidates import Found
from kavalan.chats.leapp.artifact import artifact_of, header_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kavalan.chats.candidates import Candidate


def tables(candidates: Sequence[Candidate]) -> Iterator[Found]:
    """All tables of one folder are one source: what one tells of a group stands beside what another tells of it."""
    folders: dict[str, list[str]] = {}
    for one in candidates:
        if one.name.lower().endswith(".tsv") and artifact_of(one.last, header_of(one.head)) is not None:
            folders.setdefault(one.name.rpartition("/")[0], []).append(one.name)
    for names in folders.values():
        yield Found("leapp-tsv", tuple(sorted(names)))
