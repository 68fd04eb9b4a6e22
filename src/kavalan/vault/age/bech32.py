"""Bech32 (BIP 173) as age writes its keys: any length, upper or lower case, a checksum of six characters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALPHABET: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM: Final = 6


def encode(prefix: str, data: bytes) -> str:
    """The text of some bytes, in lower case, under a prefix in lower case."""
    values = _fives(data)
    polymod = _polymod([*_expand(prefix), *values, *([0] * _CHECKSUM)]) ^ 1
    checksum = [polymod >> 5 * (_CHECKSUM - 1 - place) & 31 for place in range(_CHECKSUM)]
    return f"{prefix}1{''.join(_ALPHABET[value] for value in [*values, *checksum])}"


def decode(text: str) -> tuple[str, bytes]:
    """The prefix, in lower case, and the bytes of a text.

    Raises:
        ValueError: it is no Bech32, mixes cases or has a wrong checksum; says which.
    """
    if text not in {text.lower(), text.upper()}:
        message = "it mixes upper and lower case"
        raise ValueError(message)
    prefix, _, rest = text.lower().rpartition("1")
    if not prefix or len(rest) < _CHECKSUM or not set(rest) <= set(_ALPHABET):
        message = "it has a character that no key has, or is cut"
        raise ValueError(message)
    values = [_ALPHABET.index(letter) for letter in rest]
    if _polymod([*_expand(prefix), *values]) != 1:
        message = "its checksum is wrong: a character is mistyped"
        raise ValueError(message)
    return prefix, _bytes(values[:-_CHECKSUM])


def _bytes(values: list[int]) -> bytes:
    """Eight bits from five; what is left over must be short and zero."""
    bits = len(values) * 5
    number = 0
    for value in values:
        number = number << 5 | value
    over = bits % 8
    if over >= 5 or number & ((1 << over) - 1):
        message = "its padding is wrong"
        raise ValueError(message)
    return (number >> over).to_bytes(bits // 8, "big")


def _fives(data: bytes) -> list[int]:
    """Groups of five bits, the last one filled with zeros."""
    missing = -len(data) * 8 % 5
    number = int.from_bytes(data, "big") << missing
    count = (len(data) * 8 + missing) // 5
    return [number >> 5 * (count - 1 - place) & 31 for place in range(count)]


def _expand(prefix: str) -> list[int]:
    codes = prefix.encode("ascii", "replace")
    return [*(code >> 5 for code in codes), 0, *(code & 31 for code in codes)]


def _polymod(values: Iterable[int]) -> int:
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for place, term in enumerate(_GENERATOR):
            checksum ^= term if top >> place & 1 else 0
    return checksum
