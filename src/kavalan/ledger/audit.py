"""What a walk of the ledger comes to beside what was written down about it: checkpoints, an anchor, a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from kavalan.ledger.checkpoint import Note, notes_in, origin_of, typed_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from kavalan.ledger.chain import Verdict
    from kavalan.ledger.keys import PublicKey


class NoStatementError(ValueError):
    """A text that a ledger was to be held against states neither size nor root."""


class Statement(msgspec.Struct, frozen=True):
    """Somebody wrote down how many entries there were, and their root.

    Attributes:
        where: it stands, for the reader: `the slip of 1 May`.
        size: how many entries.
        root: of their tree, 32 bytes.
        note: with the signature; None where a person typed what a signed paper says.
        outside: it lies where whoever has the database cannot change it.
    """

    where: str
    size: int
    root: bytes
    note: Note | None
    outside: bool


class Audit(msgspec.Struct, frozen=True):
    """What came of it.

    Attributes:
        faults: what is not as it was, a sentence each; empty when the ledger holds.
        vouched: how many of the first entries a statement from outside vouches for.
        voucher: that statement; None where there is none.
    """

    faults: tuple[str, ...]
    vouched: int
    voucher: Statement | None


def statements_in(text: str, where: str, *, outside: bool) -> list[Statement]:
    """What a file states: a slip, an anchor's file, one checkpoint, or size and root as a person typed them.

    Raises:
        NoStatementError: nothing.
    """
    notes, _ = notes_in(text)
    if notes:
        return [noted(note, where, outside=outside) for note in notes]
    typed = typed_in(text)
    if typed is None:
        message = f"{where} holds no checkpoint: neither a signed one nor a number of entries and 64 digits of a root"
        raise NoStatementError(message)
    return [Statement(where, *typed, note=None, outside=outside)]


def noted(note: Note, where: str, *, outside: bool) -> Statement:
    """What a note states."""
    return Statement(where, note.checkpoint.size, note.checkpoint.root, note, outside)


def judge(
    verdict: Verdict, first: bytes | None, statements: Sequence[Statement], trusted: Collection[PublicKey]
) -> Audit:
    """Hold a ledger against what was written down about it.

    Args:
        verdict: of a walk over all its entries that was asked for the size of each statement.
        first: hash of the first entry; None of an empty ledger.
        statements: what was written down.
        trusted: keys that sign for this ledger.
    """
    faults = [f"entry {fault.number} {fault.reason}" for fault in verdict.faults]
    voucher = None
    for statement in statements:
        wrong = list(_wrongs(verdict, first, statement, trusted))
        faults += wrong
        if not wrong and statement.outside and (voucher is None or statement.size > voucher.size):
            voucher = statement
    return Audit(tuple(faults), voucher.size if voucher else 0, voucher)


def _wrongs(
    verdict: Verdict, first: bytes | None, statement: Statement, trusted: Collection[PublicKey]
) -> Iterator[str]:
    if statement.note is not None:
        if statement.note.signer(trusted) is None:
            yield f"{statement.where}, of {statement.size} entries, is not signed by a key of this ledger"
        if first is not None and statement.note.checkpoint.origin != origin_of(first):
            yield f"{statement.where} is of a ledger that began with another entry"
    if statement.size > verdict.entries:
        yield (
            f"{statement.where} states {statement.size} entries and there are {verdict.entries}: "
            f"{statement.size - verdict.entries} were cut off, or all was replaced"
        )
    elif verdict.roots.get(statement.size, verdict.root) != statement.root:
        yield (
            f"the first {statement.size} entries are not those of {statement.where}: "
            "some were changed, dropped or written anew after it was made"
        )
