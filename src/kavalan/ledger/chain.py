"""Walking the chain: is every entry the one that was written, in its place, with none missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from kavalan.ledger.entry import GENESIS, Link, entry_hash, malformed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MOST_FAULTS = 100


class Fault(msgspec.Struct, frozen=True):
    """One place where the chain does not hold, and what is wrong there."""

    number: int
    reason: str


class Verdict(msgspec.Struct, frozen=True):
    """What a walk found.

    Attributes:
        entries: how many were read.
        head: hash of the last one, `GENESIS` of an empty ledger.
        faults: the first hundred places where the chain does not hold; empty when it holds.
    """

    entries: int
    head: bytes
    faults: tuple[Fault, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was changed, dropped, put in or moved."""
        return not self.faults


def verify(links: Iterable[Link]) -> Verdict:
    """Walk the links in the order in which they are kept, in constant memory.

    Entries cut from the end leave a chain that holds: compare `entries` and `head` with what was written down outside.
    """
    entries, head = 0, GENESIS
    faults: list[Fault] = []
    number = 0
    for kept in links:
        if len(faults) < _MOST_FAULTS:
            faults.extend(Fault(kept.entry.number, reason) for reason in _wrongs(kept, number, head))
        entries, head, number = entries + 1, kept.hash, kept.entry.number
    return Verdict(entries, head, tuple(faults[:_MOST_FAULTS]))


def _wrongs(kept: Link, number: int, head: bytes) -> Iterator[str]:
    entry = kept.entry
    if entry.number != number + 1:
        yield f"follows entry {number}: something is missing, doubled or moved"
    if entry.previous != head:
        yield "does not carry the hash of the entry before it"
    if why := malformed(entry):
        yield f"was changed: {why}"
    elif entry_hash(entry) != kept.hash:
        yield "was changed: its text no longer has its hash"
