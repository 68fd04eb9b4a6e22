"""What the codes of a font stand for, as the font itself says (`ToUnicode`, ISO 32000-2, 9.10.3)."""

from __future__ import annotations

import re
from typing import NamedTuple

_BLOCK = re.compile(rb"begin(codespacerange|bfchar|bfrange)(.{0,1000000}?)end\1", re.DOTALL)
_HEX = rb"<\s*([0-9A-Fa-f\s]*)>"
_PAIR = re.compile(_HEX + rb"\s*" + _HEX)
_RANGE = re.compile(_HEX + rb"\s*" + _HEX + rb"\s*(?:" + _HEX + rb"|\[([^\]]*)\])")
_ONE = re.compile(_HEX)
_MOST = 1 << 16


class ToUnicode(NamedTuple):
    """Codes and their text.

    Attributes:
        texts: by code.
        width: bytes of a code; 0 where it is not said.
    """

    texts: dict[int, str]
    width: int


def to_unicode(cmap: bytes) -> ToUnicode:
    """Read a CMap; what is malformed in it says nothing."""
    texts: dict[int, str] = {}
    width = 0
    for kind, block in _BLOCK.findall(cmap):
        if kind == b"codespacerange":
            width = max([width, *(len(_bytes(low)) for low, _ in _PAIR.findall(block))])
        elif kind == b"bfchar":
            texts.update((_code(code), _text(said)) for code, said in _PAIR.findall(block))
        else:
            for low, high, first, each in _RANGE.findall(block):
                texts.update(_ranged(_code(low), _code(high), first, each))
    return ToUnicode(texts, width)


def _ranged(low: int, high: int, first: bytes, each: bytes) -> dict[int, str]:
    codes = range(low, min(high, low + _MOST) + 1)
    if each:
        return dict(zip(codes, map(_text, _ONE.findall(each)), strict=False))
    said = _text(first)
    if not said:
        return {}
    last = ord(said[-1])
    return {code: said[:-1] + chr(last + code - low) for code in codes if last + code - low < 0x110000}


def _bytes(digits: bytes) -> bytes:
    plain = b"".join(digits.split())
    return bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode())


def _code(digits: bytes) -> int:
    return int.from_bytes(_bytes(digits)[:4])


def _text(digits: bytes) -> str:
    return _bytes(digits).decode("utf-16-be", "replace")
