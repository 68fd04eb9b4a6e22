"""How what proves an officer lies in the database: sealed or as keyed digests, under keys derived from the workspace's.

A copy of the database alone signs nobody in.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

if TYPE_CHECKING:
    from uuid import UUID

RECOVERY_CODES = 10
_NONCE = 12
# Crockford's alphabet: no letter that reads like another or like a figure.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_READS_AS = str.maketrans("oil", "011")
_GROUPS, _GROUP = 3, 4


def seal_secret(secret: bytes, owner: UUID) -> bytes:
    """The secret, encrypted (AES-256-GCM) and bound to its officer."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(_key("authenticator")).encrypt(nonce, secret, owner.bytes)


def open_secret(sealed: bytes, owner: UUID) -> bytes | None:
    """The secret again; None where it was sealed under another workspace's key or for another officer."""
    try:
        return AESGCM(_key("authenticator")).decrypt(sealed[:_NONCE], sealed[_NONCE:], owner.bytes)
    except InvalidTag:
        return None


def new_recovery_codes() -> tuple[str, ...]:
    """Ten codes as `7k2m-x0qd-93fa`: 60 random bits each, so that a fast digest keeps them."""
    return tuple(
        "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
        for _ in range(RECOVERY_CODES)
    )


def recovery_digest(typed: str, owner: UUID) -> bytes:
    """The keyed digest of a recovery code as typed: capitals, spaces and dashes aside, o read as 0, i and l as 1."""
    plain = "".join(typed.lower().split()).replace("-", "").translate(_READS_AS)
    return _digest("recovery", owner.bytes + plain.encode())


def attempts_key(kind: str, value: str) -> bytes:
    """Under what failures are counted."""
    return _digest("attempts", f"{kind}\0{value}".encode(errors="surrogatepass"))


def _digest(purpose: str, value: bytes) -> bytes:
    return hmac.new(_key(purpose), value, hashlib.sha256).digest()


def _key(purpose: str) -> bytes:
    derivation = HKDF(SHA256(), 32, salt=None, info=f"kavalan accounts {purpose}".encode())
    return derivation.derive(settings.SECRET_KEY.encode())
