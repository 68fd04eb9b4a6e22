"""The record that proves itself: entries of ids and hashes, each carrying the hash of the one before."""

from kavalan.ledger.chain import Fault, Verdict, verify
from kavalan.ledger.entry import GENESIS, Entry, Link, MalformedEntryError, canonical_text, link
from kavalan.ledger.keys import KeyFileError, PublicKey, SigningKey, new_key, open_key, public_in, read_public
from kavalan.ledger.payload import Payload, SealedPayload, open_seal, seal

__all__ = [
    "GENESIS",
    "Entry",
    "Fault",
    "KeyFileError",
    "Link",
    "MalformedEntryError",
    "Payload",
    "PublicKey",
    "SealedPayload",
    "SigningKey",
    "Verdict",
    "canonical_text",
    "link",
    "new_key",
    "open_key",
    "open_seal",
    "public_in",
    "read_public",
    "seal",
    "verify",
]
