"""What was said with a verb, kept apart from the chain: the entry holds its salted hash only.

Without the salt nobody can guess a short payload from its hash; when text and salt are purged, the chain still holds.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import msgspec

Payload: TypeAlias = Mapping[str, str | int | Sequence[str] | None]
"""Names and values of what was said; texts may hold anything, for only their hash reaches the chain."""

_SALT_BYTES = 32


class SealedPayload(msgspec.Struct, frozen=True):
    """Canonical text of a payload, the 32-byte salt, and SHA-256 of salt and text (32 bytes)."""

    text: str
    salt: bytes
    digest: bytes


def seal(payload: Payload) -> SealedPayload:
    """Write a payload down canonically and hash it under a fresh salt."""
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    salt = secrets.token_bytes(_SALT_BYTES)
    return SealedPayload(text, salt, _digest(salt, text))


def open_seal(sealed: SealedPayload) -> bool:
    """Whether text and salt are those that were sealed; a text that was changed may hold anything."""
    return _digest(sealed.salt, sealed.text) == sealed.digest


def _digest(salt: bytes, text: str) -> bytes:
    return hashlib.sha256(salt + text.encode("utf-8", "surrogatepass")).digest()
