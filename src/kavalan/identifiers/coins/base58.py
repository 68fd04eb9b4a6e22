"""Base58 with the check of Bitcoin and Tron, and Monero's form of it, which encodes eight bytes at a time."""

from __future__ import annotations

import hashlib

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUE = {character: value for value, character in enumerate(_ALPHABET)}
_CHECK = 4
_BLOCK, _LETTERS = 8, 11
_SIZES = {2: 1, 3: 2, 5: 3, 6: 4, 7: 5, 9: 6, 10: 7, 11: 8}
"""Of Monero's blocks: how many bytes so many letters hold."""


def decode_checked(text: str) -> bytes | None:
    """The payload with its version byte, or None where a character is none of the alphabet or the check fails."""
    number = _number(text)
    if number is None:
        return None
    noughts = len(text) - len(text.lstrip("1"))
    data = bytes(noughts) + number.to_bytes((number.bit_length() + 7) // 8, "big")
    payload, check = data[:-_CHECK], data[-_CHECK:]
    right = hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:_CHECK]
    return payload if payload and check == right else None


def decode_blocks(text: str) -> bytes | None:
    """Monero's form: each eleven letters hold eight bytes, the last ones fewer; None where they do not."""
    data = b""
    for start in range(0, len(text), _LETTERS):
        block = text[start : start + _LETTERS]
        number, size = _number(block), _SIZES.get(len(block))
        if number is None or size is None or number >= 1 << 8 * size:
            return None
        data += number.to_bytes(size, "big")
    return data


def _number(text: str) -> int | None:
    number = 0
    for character in text:
        value = _VALUE.get(character)
        if value is None:
            return None
        number = number * 58 + value
    return number
