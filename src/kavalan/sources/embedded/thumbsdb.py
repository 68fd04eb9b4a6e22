"""Thumbs.db: the small pictures that Windows 98 to XP made of a folder's files, and their names in `Catalog`.

Format: a stream for each picture, whose name is the digits of its number backwards, and which begins with the length of
its own header (12 or 24 bytes). M. Hurlbut, "Thumbs DB Files Forensic Issues" (AccessData, 2005).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from kavalan.sources.embedded.spans import Spans

_HEADERS = (12, 24)
_LONGEST = 8 << 20
# Of a FILETIME (100 ns from 1601) at 1970.
_EPOCH = 116_444_736_000_000_000


class Named(NamedTuple):
    """What the catalog says of a picture: the file's name, and when that had last been changed, in µs from 1970."""

    name: str
    modified: int | None


def catalog_of(content: Spans) -> dict[str, Named]:
    """The catalog, by the names of the streams; what it has no room for is left out."""
    held = content.read(0, min(content.size, _LONGEST))
    return dict(_entries(held))


def _entries(held: bytes) -> Iterator[tuple[str, Named]]:
    at = int.from_bytes(held[:2], "little")
    while at + 16 <= len(held):
        length, number, moment = struct.unpack_from("<LLQ", held, at)
        if length < 20 or at + length > len(held):
            return
        spelled = held[at + 16 : at + length - length % 2]
        name = spelled.decode("utf-16-le", "replace").partition("\0")[0]
        yield str(number)[::-1], Named(name, microseconds(moment))
        at += length


def microseconds(filetime: int) -> int | None:
    """A FILETIME ([MS-DTYP] 2.3.3) in microseconds from 1970; None for none."""
    return (filetime - _EPOCH) // 10 if filetime else None


def picture_at(content: Spans) -> int | None:
    """Where the JPEG in a stream begins, behind Windows' own header; None where there is none.

    The oldest versions keep a JPEG without its tables and with four inks, which nothing else can read.
    """
    header = int.from_bytes(content.read(0, 4), "little")
    if header in _HEADERS and content.read(header, 3) == b"\xff\xd8\xff":
        return header
    return None


def is_bare(content: Spans) -> bool:
    """Whether a stream holds a picture of the oldest kind, behind a second header of 16 bytes."""
    header = int.from_bytes(content.read(0, 4), "little")
    return header in _HEADERS and (content.read(header, 4), content.read(header + 16, 2)) == (b"\1\0\0\0", b"\xff\xd8")
