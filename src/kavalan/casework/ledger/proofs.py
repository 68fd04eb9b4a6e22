"""Taking entries out of the desk so that others can check them: one entry with its proof, or the whole ledger."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from kavalan.casework.errors import RefusedError
from kavalan.casework.ledger import rows
from kavalan.casework.ledger.models import LedgerCheckpoint
from kavalan.ledger import (
    MalformedCheckpointError,
    Note,
    Proof,
    PublicKey,
    ToldPayload,
    TooFewLeavesError,
    inclusion_proof,
    parse_note,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

VERIFIER = "verify_ledger.py"


def last_checkpoint(trusted: Collection[PublicKey]) -> tuple[Note, PublicKey]:
    """The last checkpoint and the key that signed it.

    Raises:
        RefusedError: there is none, or none of these keys signed it.
    """
    text = LedgerCheckpoint.objects.order_by("-size").values_list("note", flat=True).first()
    return _believed(text, trusted, "There is no checkpoint yet")


def _covering(number: int, trusted: Collection[PublicKey]) -> tuple[Note, PublicKey]:
    """The smallest kept checkpoint that covers an entry, and its signer."""
    text = LedgerCheckpoint.objects.filter(size__gte=number).order_by("size").values_list("note", flat=True).first()
    return _believed(text, trusted, f"No checkpoint covers entry {number} yet")


def _believed(text: str | None, trusted: Collection[PublicKey], none: str) -> tuple[Note, PublicKey]:
    if text is None:
        message = f"{none}. Make one first: kavalan ledger checkpoint"
        raise RefusedError(message)
    try:
        note = parse_note(text)
    except MalformedCheckpointError as error:
        message = f"The checkpoint {error}. Run: kavalan ledger verify"
        raise RefusedError(message) from error
    key = note.signer(trusted)
    if key is None:
        raise RefusedError("No key in the workspace's `keys` folder signed the checkpoint. Run: kavalan ledger verify")
    return note, key


def prove(number: int, trusted: Collection[PublicKey], payload: ToldPayload | None = None) -> Proof:
    """One entry with all that is needed to check it alone; every hash before the checkpoint is read once.

    Args:
        number: of the entry.
        trusted: keys that sign for this ledger.
        payload: told to whom it is for; None leaves it out.

    Raises:
        RefusedError: no checkpoint covers it, or the ledger no longer holds what the checkpoint was made of.
    """
    note, key = _covering(number, trusted)
    kept = next(rows.entries(number - 1), None)
    try:
        nodes = inclusion_proof(rows.hashes(), number - 1, note.checkpoint.size)
    except TooFewLeavesError:
        nodes = []
    if kept is not None:
        proof = Proof(
            entry=kept.text.decode("utf-8", "replace"),
            proof=tuple(node.hex() for node in nodes),
            checkpoint=note.text,
            key=key.pem,
            payload=payload,
        )
        if proof.holds:
            return proof
    message = f"Entry {number} is not what its checkpoint was made of. Run: kavalan ledger verify"
    raise RefusedError(message)


def export(folder: Path, trusted: Iterable[PublicKey]) -> int:
    """Write all entries, checkpoints and keys, with the program that checks them, to a new folder.

    It names nobody and tells no payload: ids and hashes only.

    Args:
        folder: must not exist.
        trusted: keys that sign for this ledger.

    Returns:
        How many entries were written.

    Raises:
        OSError: the folder exists or cannot be written.
    """
    folder.mkdir()
    # Before the entries: one that is made meanwhile would cover more than is written.
    notes = [row.note + b"\n" for row in rows.checkpoints()]
    (folder / "checkpoints.txt").write_bytes(b"".join(notes))
    (folder / "ledger.pub").write_text("".join(key.pem for key in trusted), "ascii")
    (folder / VERIFIER).write_bytes(verifier_program())
    return _written(folder / "entries.jsonl")


def verifier_program() -> bytes:
    """The program that checks what leaves the desk, on a bare Python."""
    return (files("kavalan.ledger") / "verifier.py").read_bytes()


def _written(path: Path) -> int:
    count = 0
    with path.open("wb") as stream:
        for kept in rows.entries():
            stream.write(kept.text + b"\n")
            count += 1
    return count
