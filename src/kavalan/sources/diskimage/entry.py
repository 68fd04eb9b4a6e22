"""What a reader of a file system says: its files, and what is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from kavalan.sources.archive.records import Rest, Still

Chunks: TypeAlias = Callable[[], Iterator[bytes]]
# Deeper than any system writes; what is deeper leads in circles.
DEEPEST = 512


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a volume.

    Attributes:
        name: its path on the volume, as the file system spells it, parts separated by `/`.
        chunks: begins to read it; raises `DamagedError`.
        size: bytes that it should have.
        modified: microseconds from 1970 in UTC, as are the other times; None where there is none.
        created: see `Item`.
        accessed: see `Item`.
        changed: see `Item`.
        local: the times are those of a clock in an unknown zone.
        refusal: why it is not read.
        remarks: see `Item`.
        deleted: the file system lists it no more.
    """

    name: bytes
    chunks: Chunks
    size: int
    modified: int | None = None
    created: int | None = None
    accessed: int | None = None
    changed: int | None = None
    local: bool = False
    refusal: str | None = None
    remarks: tuple[str, ...] = ()
    deleted: bool = False


Seen: TypeAlias = Entry | Rest | Still


def nothing() -> Iterator[bytes]:
    """The content of what is refused."""
    return iter(())
