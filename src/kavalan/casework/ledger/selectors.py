"""Reading the ledger: does the chain hold, and are the kept payloads those that were hashed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.ledger.models import LedgerEntry, LedgerPayload
from kavalan.ledger import Entry, Link, SealedPayload, Verdict, open_seal, verify

if TYPE_CHECKING:
    from collections.abc import Iterator


def verify_ledger() -> Verdict:
    """Walk the whole chain in constant memory."""
    return verify(map(_link, LedgerEntry.objects.order_by("number").iterator()))


def altered_payloads() -> Iterator[str]:
    """Digests (hex) of kept payloads that no longer have the hash in their entry; purged ones are not altered."""
    for kept in LedgerPayload.objects.iterator():
        if not open_seal(SealedPayload(kept.text, bytes(kept.salt), bytes(kept.digest))):
            yield bytes(kept.digest).hex()


def _link(row: LedgerEntry) -> Link:
    entry = Entry(
        number=row.number,
        at=row.at,
        verb=row.verb,
        actor=row.actor,
        authority=row.authority,
        subject_kind=row.subject_kind,
        subject=row.subject,
        payload=bytes(row.payload),
        previous=bytes(row.previous),
    )
    return Link(entry, bytes(row.hash))
