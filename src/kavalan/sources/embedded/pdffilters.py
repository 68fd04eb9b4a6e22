"""The filters of PDF streams (ISO 32000-2, 7.4), decoded in bounded pieces: a bomb is cut where its picture ends."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kavalan.sources.archive.decoders import Inflate, decoded
from kavalan.sources.archive.passage import DamagedError

_SPACE = b"\0\t\n\x0c\r "
_CLEAR, _END, _MOST_CODES = 256, 257, 4096
_PIECE = 1 << 16


class Filter(NamedTuple):
    """One filter with what it needs to know.

    Attributes:
        name: without its slash, spelled out.
        parameters: those that are whole numbers or true and false.
    """

    name: str
    parameters: dict[str, int]


# Abbreviations that inline images use (ISO 32000-2, table 92).
LONG_NAMES = {
    "AHx": "ASCIIHexDecode",
    "A85": "ASCII85Decode",
    "LZW": "LZWDecode",
    "Fl": "FlateDecode",
    "RL": "RunLengthDecode",
    "CCF": "CCITTFaxDecode",
    "DCT": "DCTDecode",
}
PLAIN = frozenset({"ASCIIHexDecode", "ASCII85Decode", "LZWDecode", "FlateDecode", "RunLengthDecode", "Crypt"})


def unfiltered(pieces: Iterable[bytes], filters: Iterable[Filter]) -> Iterator[bytes]:
    """The data behind filters that are all in `PLAIN`; predictors are left as they are.

    Raises:
        DamagedError: passed on from a decoder.
    """
    flow = iter(pieces)
    for each in filters:
        if each.name == "FlateDecode":
            flow = decoded(Inflate(15), flow)
        elif each.name == "LZWDecode":
            flow = _lzw(flow, each.parameters.get("EarlyChange", 1))
        elif each.name == "ASCII85Decode":
            flow = _ascii85(flow)
        elif each.name == "ASCIIHexDecode":
            flow = _hex(flow)
        elif each.name == "RunLengthDecode":
            flow = _runs(flow)
    return flow


def _hex(pieces: Iterator[bytes]) -> Iterator[bytes]:
    held = b""
    for piece in pieces:
        digits, end, _ = (held + piece.translate(None, _SPACE)).partition(b">")
        whole = len(digits) & ~1
        try:
            yield binascii.unhexlify(digits[:whole])
            held = digits[whole:]
            if end:
                break
        except binascii.Error as error:
            raise DamagedError(f"its hexadecimal digits: {error}") from error
    if held:
        yield binascii.unhexlify(held + b"0")


def _ascii85(pieces: Iterator[bytes]) -> Iterator[bytes]:
    held, begun = b"", False
    for piece in pieces:
        text = held + piece.translate(None, _SPACE)
        if not begun:
            text, begun = text.removeprefix(b"<~"), True
        digits, end, _ = text.partition(b"~")
        digits = digits.replace(b"z", b"!!!!!")
        whole = len(digits) if end else len(digits) - len(digits) % 5
        yield _from85(digits[:whole])
        held = digits[whole:]
        if end:
            return
    yield _from85(held)


def _from85(digits: bytes) -> bytes:
    try:
        return base64.a85decode(digits)
    except ValueError as error:
        raise DamagedError(f"its digits of base 85: {error}") from error


def _runs(pieces: Iterator[bytes]) -> Iterator[bytes]:
    held = b""
    for piece in pieces:
        held, at, out = held + piece, 0, bytearray()
        while at < len(held) and held[at] != 128:
            length = held[at]
            taken = length + 2 if length < 128 else 2
            if at + taken > len(held):
                break
            out += held[at + 1 : at + taken] if length < 128 else held[at + 1 : at + 2] * (257 - length)
            at += taken
            if len(out) > _PIECE:
                yield bytes(out)
                out.clear()
        yield bytes(out)
        held = held[at:]
        if held.startswith(b"\x80"):
            return


def _codes(pieces: Iterator[bytes], table: list[bytes], early: int) -> Iterator[int]:
    """Codes of nine to twelve bits; their width follows from the table, which the taker extends."""
    window, bits = 0, 0
    for piece in pieces:
        for byte in piece:
            window, bits = (window << 8 | byte) & 0xFFFFFF, bits + 8
            width = min(12, max(9, (len(table) + early).bit_length()))
            if bits >= width:
                bits -= width
                yield window >> bits & (1 << width) - 1


def _lzw(pieces: Iterator[bytes], early: int) -> Iterator[bytes]:
    fresh = [bytes([value]) for value in range(256)] + [b"", b""]
    table, before, out = fresh.copy(), b"", bytearray()
    for code in _codes(pieces, table, early):
        if code == _END:
            break
        if code == _CLEAR:
            del table[len(fresh) :]
            before = b""
            continue
        if code > len(table) or (code == len(table) and not before):
            raise DamagedError("a code of its LZW data has no meaning")
        word = table[code] if code < len(table) else before + before[:1]
        if before and len(table) < _MOST_CODES:
            table.append(before + word[:1])
        before = word
        out += word
        if len(out) > _PIECE:
            yield bytes(out)
            out.clear()
    yield bytes(out)
