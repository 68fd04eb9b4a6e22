"""Making a checkpoint: walk what is new, sign its root, keep it, and carry it out of the database.

The database comes first and the anchor second: a crash in between leaves a checkpoint that the next call carries out.
The other way round the anchor would accuse a database that was never changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.errors import RefusedError
from kavalan.casework.ledger import rows
from kavalan.casework.ledger.models import LedgerCheckpoint
from kavalan.casework.verbs import step
from kavalan.ledger import (
    AnchorError,
    Begin,
    Checkpoint,
    Frontier,
    MalformedCheckpointError,
    Note,
    Verdict,
    anchoring,
    append_notes,
    origin_of,
    parse_note,
    read_anchor,
    sign,
    verify,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from pathlib import Path

    from kavalan.ledger import PublicKey, SigningKey

_LOOK = "Run `kavalan ledger verify` and find out what happened before anything else is signed."


def make_checkpoint(key: SigningKey, trusted: Collection[PublicKey], anchor: Path, now: datetime) -> Note:
    """Sign what the ledger holds now; what the last checkpoint covers is not read again.

    Args:
        key: that signs.
        trusted: keys that may have signed the last checkpoint.
        anchor: the file outside the database to which it is appended, with those that are missing there.
        now: aware UTC.

    Returns:
        The new checkpoint, or the last one where no entry has come since.

    Raises:
        RefusedError: there is nothing to sign, or what there is does not hold.
        AnchorError: the anchor's file cannot be written; the checkpoint is kept and the next call carries it out.
    """
    try:
        with anchoring(anchor):
            note = _made(key, trusted, now)
            carry_out(anchor)
    except AnchorError:
        # What cannot be carried out is signed all the same: the medium may be away for days.
        _made(key, trusted, now)
        raise
    return note


def _made(key: SigningKey, trusted: Collection[PublicKey], now: datetime) -> Note:
    """The checkpoint of all entries, kept; the last one where no entry has come since."""
    last = _last(trusted)
    begin = _begin(last)
    verdict = verify(rows.entries(begin.entries), begin=begin)
    if not verdict.holds:
        message = f"The ledger does not hold: entry {verdict.faults[0].number} {verdict.faults[0].reason}. {_LOOK}"
        raise RefusedError(message)
    if last is not None and verdict.entries == last.checkpoint.size:
        return last
    note = _signed(verdict, key)
    _keep(note, verdict.peaks, now)
    return note


def carry_out(anchor: Path) -> None:
    """Append the kept checkpoints that the anchor's file lacks."""
    found = read_anchor(anchor)
    there = {note.text for note in found.notes} if found else set()
    kept = LedgerCheckpoint.objects.order_by("size").values_list("note", flat=True)
    append_notes(anchor, [parse_note(text) for text in kept.iterator() if text not in there])


@step(LedgerCheckpoint)
def _keep(note: Note, peaks: bytes, now: datetime) -> None:
    stated = note.checkpoint
    LedgerCheckpoint.objects.create(size=stated.size, root=stated.root, peaks=peaks, note=note.text, made_at=now)


def _signed(verdict: Verdict, key: SigningKey) -> Note:
    first = next(rows.hashes(), None)
    if first is None:
        raise RefusedError("The ledger is empty: there is nothing to sign yet.")
    return sign(Checkpoint(origin_of(first), verdict.entries, verdict.root), key)


def _last(trusted: Collection[PublicKey]) -> Note | None:
    """The last checkpoint, believed because one of the keys signed it."""
    text = LedgerCheckpoint.objects.order_by("-size").values_list("note", flat=True).first()
    if text is None:
        return None
    try:
        note = parse_note(text)
    except MalformedCheckpointError as error:
        message = f"The last checkpoint {error}. {_LOOK}"
        raise RefusedError(message) from error
    if note.signer(trusted) is None:
        message = f"The last checkpoint is signed by no key in this workspace's `keys` folder. {_LOOK}"
        raise RefusedError(message)
    return note


def _begin(last: Note | None) -> Begin:
    """Where the walk begins: after the last checkpoint, with peaks that give the root that was signed."""
    if last is None:
        return Begin()
    size, root = last.checkpoint.size, last.checkpoint.root
    peaks = bytes(LedgerCheckpoint.objects.values_list("peaks", flat=True).get(size=size))
    head = next((kept.hash for kept in rows.entries(size - 1)), None)
    if head is None or len(peaks) != 32 * size.bit_count() or Frontier(size, peaks).root != root:
        message = f"The ledger no longer holds what the checkpoint of {size} entries was made of. {_LOOK}"
        raise RefusedError(message)
    return Begin(size, head, peaks)
