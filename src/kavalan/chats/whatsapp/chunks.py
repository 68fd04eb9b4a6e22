"""A text in pieces of whole lines, each with its place in bytes: no line, however long, is held twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

BLOCK: Final = 1 << 20
_LOOK: Final = 1 << 16
_CONTINUES: Final = range(0x80, 0xC0)
"""Bytes in the middle of a character of UTF-8."""


class Chunk(NamedTuple):
    r"""Some lines.

    Attributes:
        offset: of the first byte; where the text begins with a line, its first character is the line feed before it,
            which at the start of the source is not there.
        text: the lines. Bytes that are not UTF-8 stand as lone surrogates (PEP 383).
        clean: it has neither such bytes nor a NUL.
    """

    offset: int
    text: str
    clean: bool


def size(text: str) -> int:
    """How many bytes of the source a text takes."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogateescape"))


def chunks(source: BinaryIO) -> Iterator[Chunk]:
    """The whole source from its start, in at most `BLOCK` bytes and a line each.

    A source without a line feed has its lines ended by carriage returns, as some programs on a Mac leave them.
    """
    source.seek(0)
    newline = _newline(source.read(_LOOK))
    source.seek(0)
    held, offset, starts = b"", 0, True
    while block := source.read(BLOCK):
        held += block
        cut = held.rfind(newline)
        ends = cut >= 0
        if not ends:
            if len(held) < BLOCK:
                continue
            cut = _whole(held)
        yield _chunk(held[:cut], offset, newline, starts=starts)
        offset += cut + ends
        held, starts = held[cut + ends :], ends
    if held or starts:
        yield _chunk(held, offset, newline, starts=starts)


def _chunk(data: bytes, offset: int, newline: bytes, *, starts: bool) -> Chunk:
    try:
        text, clean = data.decode(), b"\0" not in data
    except UnicodeDecodeError:
        text, clean = data.decode(errors="surrogateescape"), False
    if newline == b"\r":
        text = text.replace("\r", "\n")
    return Chunk(offset - starts, "\n" * starts + text, clean)


def _newline(head: bytes) -> bytes:
    return b"\r" if b"\r" in head and b"\n" not in head else b"\n"


def _whole(data: bytes) -> int:
    """Where the last whole character of UTF-8 ends, if it is that."""
    cut = len(data)
    for back in range(1, 4):
        if data[-back] not in _CONTINUES:
            return cut - back if data[-back] >= 0xC0 else cut
    return cut
