"""Drawing from the low end so that anybody can draw again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def drawn(seed: bytes, among: Iterable[str], count: int) -> list[str]:
    """Those `count` of the public ids whose SHA-256 of the seed and the id as text is smallest, in that order."""
    return sorted(among, key=lambda one: hashlib.sha256(seed + one.encode()).digest())[:count]


def digest_of(among: Sequence[str]) -> bytes:
    """The SHA-256 of the ids, one a line, in their order: the ledger is told it."""
    return hashlib.sha256("\n".join(among).encode()).digest()
