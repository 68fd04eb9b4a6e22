"""One entry, provable alone: its text, the way up to a signed root, and what was said with it if that is told."""

from __future__ import annotations

import hashlib

import msgspec

from kavalan.ledger.checkpoint import parse_note
from kavalan.ledger.form import ENTRY
from kavalan.ledger.merkle import included

_FORMAT = "kavalan-ledger-proof-1"


class ToldPayload(msgspec.Struct, frozen=True):
    """What was said with an entry: canonical text, and the salt (hex) without which its hash says nothing."""

    text: str
    salt: str


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """What `verify_ledger.py PROOF.json` checks.

    Attributes:
        entry: canonical text.
        proof: the hashes of RFC 9162, 2.1.3, from the leaf up, in hex.
        checkpoint: the signed note.
        key: the public key that signed it, PEM.
        payload: None where it was not asked for.
    """

    format: str = _FORMAT
    entry: str
    proof: tuple[str, ...]
    checkpoint: str
    key: str
    payload: ToldPayload | None = None

    @property
    def holds(self) -> bool:
        """Whether the entry is under the checkpoint and the payload is its own; signatures are the reader's matter."""
        text, checkpoint = self.entry.encode(), parse_note(self.checkpoint).checkpoint
        found = ENTRY.fullmatch(text)
        if found is None:
            return False
        nodes = [bytes.fromhex(node) for node in self.proof]
        leaf, place = hashlib.sha256(text).digest(), int(found["number"]) - 1
        mine = self.payload is None or b'"%b"' % _sealed(self.payload).encode() == found["payload"]
        return mine and included(leaf, place, checkpoint.size, nodes, checkpoint.root)

    @property
    def text(self) -> bytes:
        """The file: JSON, indented for people."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n"


def _sealed(payload: ToldPayload) -> str:
    return hashlib.sha256(bytes.fromhex(payload.salt) + payload.text.encode()).hexdigest()
