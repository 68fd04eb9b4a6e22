"""The record that proves itself: entries of ids and hashes, each carrying the hash of the one before."""

from kavalan.ledger.chain import Fault, Verdict, verify
from kavalan.ledger.entry import GENESIS, Entry, Link, MalformedEntryError, canonical_text, link
from kavalan.ledger.payload import Payload, SealedPayload, open_seal, seal

__all__ = [
    "GENESIS",
    "Entry",
    "Fault",
    "Link",
    "MalformedEntryError",
    "Payload",
    "SealedPayload",
    "Verdict",
    "canonical_text",
    "link",
    "open_seal",
    "seal",
    "verify",
]
