"""Addresses of coins: each is known by its own check."""

from __future__ import annotations

from kavalan.identifiers.coins.base58 import decode_blocks, decode_checked
from kavalan.identifiers.coins.bech32 import witness_program
from kavalan.identifiers.coins.keccak import keccak256
from kavalan.identifiers.model import Surety

__all__ = ["bitcoin", "ethereum", "monero", "tron"]

_BITCOIN_VERSIONS = {0x00, 0x05}
_TRON_VERSION = 0x41
_HASH160 = 21
_MONERO_VERSIONS = {18: 69, 19: 77, 42: 69}
"""Network byte of a standard, an integrated and a sub-address, and how many bytes each has."""


def bitcoin(text: str) -> str | None:
    """The address in one spelling, or None: base58 with its check (pay to key or script), Bech32, Bech32m (Taproot)."""
    if text[:3].lower() == "bc1":
        return text.lower() if witness_program("bc", text) else None
    data = decode_checked(text)
    return text if data and len(data) == _HASH160 and data[0] in _BITCOIN_VERSIONS else None


def tron(text: str) -> str | None:
    """The address, or None: base58 with its check and Tron's version."""
    data = decode_checked(text)
    return text if data and len(data) == _HASH160 and data[0] == _TRON_VERSION else None


def monero(text: str) -> str | None:
    """The address, or None: its blocks, network byte and four bytes of Keccak-256."""
    data = decode_blocks(text)
    if not data or _MONERO_VERSIONS.get(data[0]) != len(data):
        return None
    return text if keccak256(data[:-4])[:4] == data[-4:] else None


def ethereum(text: str) -> tuple[str, Surety] | None:
    """The address in lower case and how surely it is one (EIP-55), or None where its letters' case is a wrong check.

    Args:
        text: `0x` and 40 hex digits.
    """
    digits = text[2:]
    lower = digits.lower()
    if digits in (lower, digits.upper()):
        return f"0x{lower}", Surety.FORM
    check = keccak256(lower.encode("ascii")).hex()
    right = "".join(one.upper() if int(check[place], 16) > 7 else one for place, one in enumerate(lower))
    return (f"0x{lower}", Surety.CHECKED) if digits == right else None
