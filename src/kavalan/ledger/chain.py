"""Walking the chain: is every entry the one that was written, in its place, with none missing."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kavalan.ledger.entry import GENESIS, Link, canonical_text
from kavalan.ledger.form import ENTRY, number_in, why_malformed
from kavalan.ledger.merkle import Frontier

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_MOST_FAULTS = 100


class Kept(NamedTuple):
    """One entry as it is kept, read without believing any of it.

    Attributes:
        text: made of the kept fields as the canonical text is; whatever bytes come of them.
        hash: kept beside them.
    """

    text: bytes
    hash: bytes


class Fault(msgspec.Struct, frozen=True):
    """One place where the chain does not hold, and what is wrong there."""

    number: int
    reason: str


class Begin(msgspec.Struct, frozen=True):
    """Where a walk begins: after `entries` entries, the last with hash `head`, with these peaks of their tree."""

    entries: int = 0
    head: bytes = GENESIS
    peaks: bytes = b""


class Verdict(msgspec.Struct, frozen=True):
    """What a walk found.

    Attributes:
        entries: how many there are, those before the beginning included.
        head: hash of the last one, `GENESIS` of an empty ledger.
        root: of the Merkle tree over all.
        peaks: what the next root is computed from (`Begin`).
        roots: of the sizes that were asked for, as far as there are so many entries.
        faults: the first hundred places where the chain does not hold; empty when it holds.
    """

    entries: int
    head: bytes
    root: bytes
    peaks: bytes
    roots: dict[int, bytes]
    faults: tuple[Fault, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was changed, dropped, put in or moved."""
        return not self.faults


def kept(link: Link) -> Kept:
    """A link as a ledger keeps it."""
    return Kept(canonical_text(link.entry), link.hash)


def verify(entries: Iterable[Kept], *, begin: Begin | None = None, sizes: Collection[int] = ()) -> Verdict:
    """Walk the entries in the order of their numbers, in constant memory.

    Entries cut from the end leave a chain that holds: compare `entries` and `roots` with what was written down outside.

    Args:
        entries: as they are kept.
        begin: where they begin; at the first one if not said.
        sizes: whose roots are wanted.
    """
    start = begin or Begin()
    frontier, head, number = Frontier(start.entries, start.peaks), start.head, start.entries
    wanted = frozenset(sizes)
    faults: list[Fault] = []
    roots: dict[int, bytes] = {}
    for text, kept_hash in entries:
        digest, found = sha256(text).digest(), ENTRY.fullmatch(text)
        # One expression where all is well, for a ledger has millions of entries.
        if found and digest == kept_hash and int(found["number"]) == number + 1 and found["previous"] == _quoted(head):
            number += 1
        else:
            if len(faults) < _MOST_FAULTS:
                faults += _wrongs(Kept(text, kept_hash), number, head)
            number = number_in(text) or number + 1
        frontier.add(digest)
        head = kept_hash
        if frontier.size in wanted:
            roots[frontier.size] = frontier.root
    return Verdict(frontier.size, head, frontier.root, frontier.peaks, roots, tuple(faults[:_MOST_FAULTS]))


def _wrongs(entry: Kept, number: int, head: bytes) -> list[Fault]:
    """What is wrong with an entry that follows entry `number`, whose hash is `head`."""
    found = ENTRY.fullmatch(entry.text)
    own = number_in(entry.text) or number + 1
    reasons = []
    if own != number + 1:
        reasons.append(f"follows entry {number}: something is missing, doubled or moved")
    if found and found["previous"] != _quoted(head):
        reasons.append("does not carry the hash of the entry before it")
    if not found:
        reasons.append(f"was changed: {why_malformed(entry.text)}")
    elif sha256(entry.text).digest() != entry.hash:
        reasons.append("was changed: its text no longer has its hash")
    return [Fault(own, reason) for reason in reasons]


def _quoted(head: bytes) -> bytes:
    return b'"%b"' % head.hex().encode()
