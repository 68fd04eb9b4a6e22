"""The record that proves itself: entries of ids and hashes, each carrying the hash of the one before."""

from kavalan.ledger.anchor import Anchor, AnchorError, anchoring, append_notes, read_anchor
from kavalan.ledger.audit import Audit, NoStatementError, Statement, judge, noted, statements_in
from kavalan.ledger.chain import Begin, Fault, Kept, Verdict, kept, verify
from kavalan.ledger.checkpoint import (
    Checkpoint,
    MalformedCheckpointError,
    Note,
    notes_in,
    origin_of,
    parse_note,
    sign,
    typed_in,
)
from kavalan.ledger.entry import GENESIS, Entry, Link, MalformedEntryError, canonical_text, link
from kavalan.ledger.keys import KeyFileError, PublicKey, SigningKey, new_key, open_key, public_in, read_public
from kavalan.ledger.merkle import (
    Frontier,
    TooFewLeavesError,
    consistency_proof,
    consistent,
    included,
    inclusion_proof,
)
from kavalan.ledger.payload import Payload, SealedPayload, open_seal, seal
from kavalan.ledger.proof import Proof, ToldPayload
from kavalan.ledger.withheld import Withheld

__all__ = [
    "GENESIS",
    "Anchor",
    "AnchorError",
    "Audit",
    "Begin",
    "Checkpoint",
    "Entry",
    "Fault",
    "Frontier",
    "Kept",
    "KeyFileError",
    "Link",
    "MalformedCheckpointError",
    "MalformedEntryError",
    "NoStatementError",
    "Note",
    "Payload",
    "Proof",
    "PublicKey",
    "SealedPayload",
    "SigningKey",
    "Statement",
    "ToldPayload",
    "TooFewLeavesError",
    "Verdict",
    "Withheld",
    "anchoring",
    "append_notes",
    "canonical_text",
    "consistency_proof",
    "consistent",
    "included",
    "inclusion_proof",
    "judge",
    "kept",
    "link",
    "new_key",
    "noted",
    "notes_in",
    "open_key",
    "open_seal",
    "origin_of",
    "parse_note",
    "public_in",
    "read_anchor",
    "read_public",
    "seal",
    "sign",
    "statements_in",
    "typed_in",
    "verify",
]
