"""The whole look at the ledger: chain, payloads, triggers, checkpoints, the anchor, and a slip from a drawer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from kavalan.casework.ledger import rows, triggers
from kavalan.casework.ledger.selectors import altered_payloads, verify_ledger
from kavalan.ledger import (
    Anchor,
    Audit,
    Frontier,
    MalformedCheckpointError,
    Note,
    Statement,
    judge,
    noted,
    parse_note,
    read_anchor,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from kavalan.casework.ledger.rows import KeptCheckpoint
    from kavalan.ledger import PublicKey


@dataclass(frozen=True, slots=True)
class Findings:
    """What the look found.

    Attributes:
        entries: how many there are.
        audit: what the chain comes to beside what was written down.
        faults: everything that is wrong, a sentence each; empty when the ledger holds.
        remarks: what is not wrong and should be known.
    """

    entries: int
    audit: Audit
    faults: tuple[str, ...]
    remarks: tuple[str, ...]


def look(anchor: Path, trusted: Collection[PublicKey], against: Sequence[Statement]) -> Findings:
    """Read every entry, checkpoint and payload, and hold them against each other and against what lies outside.

    Args:
        anchor: the file outside the database.
        trusted: keys that sign for this ledger.
        against: what else was written down.

    Raises:
        AnchorError: the anchor's file is there and cannot be read.
    """
    outside = read_anchor(anchor)
    # Before the entries: a checkpoint that is made meanwhile would be ahead of them.
    kept, faults = _kept()
    statements = [*_anchored(outside, anchor), *kept, *against]
    verdict = verify_ledger([one.size for one in statements])
    audit = judge(verdict, next(rows.hashes(), None), statements, trusted)
    faults += audit.faults
    faults += _beside(outside, anchor, [one.note for one in kept if one.note])
    faults += [f"the payload with the digest {digest} was changed" for digest in altered_payloads()]
    faults += [
        f"the database lacks the trigger {name}: it would let the ledger be changed"
        for name in triggers.missing(connection)
    ]
    return Findings(verdict.entries, audit, tuple(faults), tuple(_remarks(audit, verdict.entries, outside, anchor)))


def _kept() -> tuple[list[Statement], list[str]]:
    """The checkpoints of the database, and what is wrong with their rows."""
    statements, faults = [], []
    for row in rows.checkpoints():
        where = f"the checkpoint of {row.size.decode('ascii', 'replace')} entries in the database"
        note = _note(row)
        if note is None:
            faults.append(f"{where} was changed")
        else:
            statements.append(noted(note, where, outside=False))
    return statements, faults


def _note(row: KeptCheckpoint) -> Note | None:
    """The note of a row, if all of the row says the same."""
    try:
        note = parse_note(row.note.decode())
        whole = str(note.checkpoint.size).encode() == row.size and note.checkpoint.root == row.root
        return note if whole and Frontier(note.checkpoint.size, row.peaks).root == row.root else None
    except (MalformedCheckpointError, ValueError):
        return None


def _anchored(outside: Anchor | None, anchor: Path) -> Iterator[Statement]:
    for note in outside.notes if outside else ():
        yield noted(note, f"the checkpoint of {note.checkpoint.size} entries in {anchor}", outside=True)


def _beside(outside: Anchor | None, anchor: Path, kept: Sequence[Note]) -> Iterator[str]:
    """What the anchor's file and the database have that the other lacks."""
    if outside is None:
        return
    for stray in outside.strays:
        yield f"{anchor} holds text that is no checkpoint: {stray[:60]!a}"
    inside, there = {note.text for note in kept}, {note.text for note in outside.notes}
    for note in outside.notes:
        if note.text not in inside:
            yield f"the database lacks the checkpoint of {note.checkpoint.size} entries that {anchor} holds"
    last = max((note.checkpoint.size for note in outside.notes), default=0)
    for note in kept:
        if note.text not in there and note.checkpoint.size < last:
            yield f"{anchor} lacks the checkpoint of {note.checkpoint.size} entries, though it holds later ones"


def _remarks(audit: Audit, entries: int, outside: Anchor | None, anchor: Path) -> Iterator[str]:
    if outside is None:
        yield f"there is no anchor at {anchor}: `kavalan ledger checkpoint` writes it"
    if audit.voucher is None:
        yield "nothing outside the database vouches for the ledger: whoever can write it could have written all anew"
    elif audit.vouched < entries:
        yield f"the {entries - audit.vouched} entries after it are vouched for by the chain alone"
