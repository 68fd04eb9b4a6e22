"""Reading the ledger: does the chain hold, and are the kept payloads those that were hashed."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from kavalan.casework.ledger import rows
from kavalan.ledger import Verdict, verify

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


def verify_ledger(sizes: Collection[int] = ()) -> Verdict:
    """Walk the whole chain in constant memory.

    Args:
        sizes: of which the tree's roots are wanted.
    """
    return verify(rows.entries(), sizes=sizes)


def altered_payloads() -> Iterator[str]:
    """Digests (hex) of kept payloads that no longer have the hash in their entry; purged ones are not altered."""
    for kept in rows.payloads():
        if sha256(kept.salt + kept.text).digest() != kept.digest:
            yield kept.digest.hex()
