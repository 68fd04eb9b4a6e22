"""One entry of the ledger, its canonical text and its hash.

The canonical text is JSON as RFC 8785 (JSON Canonicalization Scheme) writes it: keys sorted, no white space, UTF-8.
Keys and values are ASCII strings, integers below 2**53 and null, so `json.dumps` gives that form without a library, and
a verifier in any language can too.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from uuid import UUID

GENESIS = bytes(32)
"""What stands as the previous hash in the first entry."""

_FORMAT = "kavalan-ledger-1"
_VERB = re.compile(r"[a-z_]+\.[a-z_]+")
_KIND = re.compile(r"[a-z_]+")
_NUMBERS = range(1, 2**53)


class MalformedEntryError(ValueError):
    """An entry was asked for that the ledger cannot hold; the text says which one, which field and why."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(f"entry {number}: {why}")


class Entry(msgspec.Struct, frozen=True):
    """What was done: ids and a hash, by type no room for a name, a number or free text.

    Attributes:
        number: 1, 2, 3 … without a gap.
        at: when, aware, in UTC, to the microsecond.
        verb: `noun.verb` in lower case.
        actor: the officer's public id; None only while a workspace is founded.
        authority: public id of the authority that was asked; None for verbs of the house itself.
        subject_kind: what kind of thing it was done to, one lower-case word.
        subject: that thing's public id.
        payload: 32 bytes, the salted hash of what was said (`seal`).
        previous: 32 bytes, the hash of the entry before, or `GENESIS`.
    """

    number: int
    at: datetime
    verb: str
    actor: UUID | None
    authority: UUID | None
    subject_kind: str
    subject: UUID
    payload: bytes
    previous: bytes


class Link(msgspec.Struct, frozen=True):
    """An entry with the hash that is kept beside it (32 bytes)."""

    entry: Entry
    hash: bytes


def canonical_text(entry: Entry) -> bytes:
    """The bytes that are hashed: one text for one entry, whatever the machine, locale or database."""
    fields = {
        "actor": _id(entry.actor),
        "at": entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "authority": _id(entry.authority),
        "format": _FORMAT,
        "number": entry.number,
        "payload": entry.payload.hex(),
        "previous": entry.previous.hex(),
        "subject": str(entry.subject),
        "subject_kind": entry.subject_kind,
        "verb": entry.verb,
    }
    return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode("ascii")


def link(entry: Entry) -> Link:
    """The entry with its SHA-256, ready to be kept.

    Raises:
        MalformedEntryError: when a field is not of its form.
    """
    if why := malformed(entry):
        raise MalformedEntryError(entry.number, why)
    return Link(entry, entry_hash(entry))


def entry_hash(entry: Entry) -> bytes:
    """SHA-256 of the canonical text (32 bytes)."""
    return hashlib.sha256(canonical_text(entry)).digest()


def malformed(entry: Entry) -> str | None:
    """Which field is not of its form and why, or None: what was kept may have been changed to anything."""
    if entry.number not in _NUMBERS:
        return "the number is not between 1 and 2**53"
    if entry.at.utcoffset() != timedelta(0):
        return f"the time {entry.at} is not in UTC"
    if not _VERB.fullmatch(entry.verb):
        return "the verb is not of the form noun.verb"
    if not _KIND.fullmatch(entry.subject_kind):
        return "the kind of the subject is not one lower-case word"
    for name, value in (("payload", entry.payload), ("previous", entry.previous)):
        if len(value) != 32:
            return f"{name} has {len(value)} bytes, not 32"
    return None


def _id(value: UUID | None) -> str | None:
    return None if value is None else str(value)
