"""Pictures within streams of old Office documents, found by the headers of their records ([MS-ODRAW] 2.2.23).

Word keeps them in `Data`, PowerPoint in `Pictures`, Excel among the records of its book, Publisher in `EscherDelayStm`,
each behind structures of its own; the records of the pictures are the same everywhere, so they are looked for as such.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from kavalan.sources.archive.decoders import Inflate, decoded
from kavalan.sources.archive.passage import CHUNK
from kavalan.sources.embedded.spans import Spans

# By record type: the instances with one digest before the data, and what it is. Those with two are one more.
_EMF, _WMF, _PICT, _JPEG, _PNG, _DIB, _TIFF, _CMYK = 0xF01A, 0xF01B, 0xF01C, 0xF01D, 0xF01E, 0xF01F, 0xF029, 0xF02A
_ENDINGS = {_EMF: b".emf", _WMF: b".wmf", _PICT: b".pict", _JPEG: b".jpg", _PNG: b".png", _DIB: b".bmp", _TIFF: b".tif"}
_INSTANCES = {
    _EMF: (0x3D4,),
    _WMF: (0x216,),
    _PICT: (0x542,),
    _JPEG: (0x46A, 0x6E2),
    _PNG: (0x6E0,),
    _DIB: (0x7A8,),
    _TIFF: (0x6E4,),
    _CMYK: (0x46A, 0x6E2),
}
_METAFILES = frozenset({_EMF, _WMF, _PICT})
_KINDS = {
    struct.pack("<HH", (instance + second) << 4, kind): (kind, second)
    for kind, instances in _INSTANCES.items()
    for instance in instances
    for second in (0, 1)
}
_EMBEDDED = b"\x10\0\x11\x10"  # ExOleObjStgCompressedAtom ([MS-PPT] 2.10.36)
_HEADS = re.compile(b"|".join(map(re.escape, (*_KINDS, _EMBEDDED))))
_HEAD = 8
_BLOCK = 1 << 17
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
# A PICT file begins with 512 bytes that mean nothing (Imaging With QuickDraw, A-3).
_PICT_HEADER = bytes(512)


class Carved(NamedTuple):
    """A file found in a stream.

    Attributes:
        at: where its record begins.
        ending: of its name.
        chunks: its bytes.
        packed: bytes that it takes in the stream.
        remark: what is to be known of it.
    """

    at: int
    ending: bytes
    chunks: Callable[[], Iterator[bytes]]
    packed: int
    remark: str | None = None


def carved(content: Spans) -> Iterator[Carved | None]:
    """Files in a stream, in their order; None now and then, where a long way holds nothing."""
    at = 0
    while at < content.size:
        block = content.read(at, _BLOCK + _HEAD)
        if not block:
            return
        heads = (match for match in _HEADS.finditer(block) if match.start() < _BLOCK)
        found = next((each for match in heads if (each := _at(content, at + match.start(), match[0]))), None)
        yield found
        at = at + _BLOCK if found is None else found.at + _HEAD + found.packed


def _at(content: Spans, place: int, head: bytes) -> Carved | None:
    """What stands behind a record's header, if it is a file indeed."""
    length = int.from_bytes(content.read(place + 4, 4), "little")
    start = place + _HEAD
    if length < 34 or start + length > content.size:
        return None
    if head == _EMBEDDED:
        return _object(content, place, length)
    kind, second = _KINDS[head]
    start += 16 * (1 + second)
    if kind in _METAFILES:
        return _metafile(content, place, kind, start, length)
    start += 1
    size = length - (start - place - _HEAD)
    if kind == _DIB:
        return _bitmap(content, place, start, length)
    return Carved(place, _ENDINGS.get(kind, b".jpg"), partial(content.chunks, start, size), length)


def _object(content: Spans, place: int, length: int) -> Carved | None:
    """What PowerPoint keeps of an embedded object: a compound file, deflated behind its size."""
    start, size = place + _HEAD + 4, length - 4
    if not _ZLIB.match(content.read(start, 2)):
        return None
    return Carved(place, b".ole", lambda: decoded(Inflate(15), content.chunks(start, size)), length)


def _metafile(content: Spans, place: int, kind: int, start: int, length: int) -> Carved | None:
    """A metafile behind its own header of 34 bytes, deflated or not ([MS-ODRAW] 2.2.31)."""
    packed = int.from_bytes(content.read(start + 28, 4), "little")
    compression = content.read(start + 32, 1)
    start += 34
    if compression not in {b"\0", b"\xfe"} or packed > place + _HEAD + length - start:
        return None
    before = _PICT_HEADER if kind == _PICT else b""

    def chunks() -> Iterator[bytes]:
        if before:
            yield before
        stored = content.chunks(start, packed)
        yield from decoded(Inflate(15), stored) if compression == b"\0" else stored

    return Carved(place, _ENDINGS[kind], chunks, length)


def _bitmap(content: Spans, place: int, start: int, length: int) -> Carved | None:
    """A bitmap without the header of its file, which is put before it."""
    size = place + _HEAD + length - start
    head = content.read(start, 40)
    if len(head) < 40:
        return None
    own, bits, compression, colours = struct.unpack_from("<L10xHL12xL", head)
    if not 12 <= own <= 124 or bits > 32:
        return None
    count = min(colours or (1 << bits if bits <= 8 else 0), 256)
    pixels = 14 + own + 4 * count + (12 if compression == 3 and own == 40 else 0)
    header = struct.pack("<2sLHHL", b"BM", 14 + size, 0, 0, pixels)

    def chunks() -> Iterator[bytes]:
        yield header
        yield from content.chunks(start, size)

    return Carved(place, b".bmp", chunks, length, "the header of a bitmap's file was put before it")


def spliced_drawings(book: Spans) -> Spans:
    """The drawings of an Excel book, which stand in records of 8,224 bytes at most ([MS-XLS] 2.4.171, 2.4.58)."""
    return book.cut(_drawings(book))


def _drawings(book: Spans) -> Iterator[tuple[int, int]]:
    at, block, begun, within = 0, b"", 0, False
    while at + 4 <= book.size:
        if not begun <= at <= begun + len(block) - 4:
            block, begun = book.read(at, CHUNK), at
            if len(block) < 4:
                return
        kind, length = struct.unpack_from("<HH", block, at - begun)
        within = kind == 0xEB or (kind == 0x3C and within)
        if within:
            yield at + 4, length
        at += 4 + length
