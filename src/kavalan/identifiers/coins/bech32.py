"""Bech32 (BIP 173) and Bech32m (BIP 350): the addresses of Bitcoin's segregated witness, Taproot among them."""

from __future__ import annotations

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUE = {character: value for value, character in enumerate(_ALPHABET)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32, _BECH32M = 1, 0x2BC830A3
_CHECK, _LONGEST = 6, 90
_SHORTEST_PROGRAM, _LONGEST_PROGRAM, _LAST_VERSION = 2, 40, 16


def witness_program(prefix: str, address: str) -> tuple[int, bytes] | None:
    """The witness version and program of an address.

    Args:
        prefix: `bc`.
        address: in one case throughout.

    Returns:
        None where it is none: another prefix, mixed case, a check that fails, a length that no version has.
    """
    text = address.lower()
    if address not in (text, address.upper()) or len(text) > _LONGEST or not text.startswith(f"{prefix}1"):
        return None
    values = [_VALUE.get(character, -1) for character in text[len(prefix) + 1 :]]
    if len(values) <= _CHECK or -1 in values:
        return None
    check, version = _polymod([*_expanded(prefix), *values]), values[0]
    program = _bytes(values[1:-_CHECK])
    right = _BECH32 if version == 0 else _BECH32M
    if check != right or program is None or not _fits(version, program):
        return None
    return version, program


def _fits(version: int, program: bytes) -> bool:
    if version > _LAST_VERSION or not _SHORTEST_PROGRAM <= len(program) <= _LONGEST_PROGRAM:
        return False
    return version > 0 or len(program) in {20, 32}


def _expanded(prefix: str) -> list[int]:
    return [*(ord(one) >> 5 for one in prefix), 0, *(ord(one) & 31 for one in prefix)]


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATOR):
            check ^= generator if top >> bit & 1 else 0
    return check


def _bytes(values: list[int]) -> bytes | None:
    """Five bits each into eight; None where what is left over is more than padding."""
    kept = bits = 0
    data = bytearray()
    for value in values:
        kept = (kept << 5 | value) & 0xFFF
        bits += 5
        if bits >= 8:
            bits -= 8
            data.append(kept >> bits & 0xFF)
    return None if bits >= 5 or kept & (1 << bits) - 1 else bytes(data)
