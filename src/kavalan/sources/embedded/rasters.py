"""Pixels as a picture file: PNG (W3C, third edition) and TIFF 6.0, written row by row, nothing held."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kavalan.sources.archive.passage import DamagedError

GREY, RGB, INDEXED, RGBA = 0, 2, 3, 6
CMYK = 5
_ASCII, _SHORT, _LONG = 2, 3, 4
_PIECE = 1 << 20


class Raster(NamedTuple):
    """What rows of pixels are.

    Attributes:
        width: pixels.
        height: rows.
        bits: of one sample: 1, 2, 4, 8 or 16.
        kind: a colour type of PNG.
        palette: three bytes for each colour of an indexed picture.
    """

    width: int
    height: int
    bits: int
    kind: int
    palette: bytes = b""


def png(raster: Raster, rows: Iterable[bytes]) -> Iterator[bytes]:
    """A PNG.

    Args:
        raster: what the rows are.
        rows: all of them, each behind the byte that says how it is predicted, in pieces of any length.

    Raises:
        DamagedError: passed on from `rows`, after what there is has been written.
    """
    header = struct.pack(">LLBBBBB", raster.width, raster.height, raster.bits, raster.kind, 0, 0, 0)
    yield b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header)
    if raster.palette:
        yield _chunk(b"PLTE", raster.palette)
    packer = zlib.compressobj(1)
    try:
        for piece in rows:
            if packed := packer.compress(piece):
                yield _chunk(b"IDAT", packed)
    except DamagedError:
        yield _chunk(b"IDAT", packer.flush(zlib.Z_SYNC_FLUSH))
        raise
    yield _chunk(b"IDAT", packer.flush()) + _chunk(b"IEND", b"")


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">L", len(content)) + name + content + struct.pack(">L", zlib.crc32(name + content))


def fax_tiff(width: int, height: int, length: int, *, group: int, two_dimensional: bool, white_is_zero: bool) -> bytes:
    """The beginning of a TIFF, behind which so many bytes of fax data stand as they are (TIFF 6.0, section 11).

    Args:
        width: pixels.
        height: rows.
        length: of the data.
        group: 3 or 4, of ITU-T's recommendations T.4 and T.6.
        two_dimensional: of group 3: rows lean on the row before.
        white_is_zero: as `PhotometricInterpretation` 0 means.
    """
    options = [(292, _LONG, int(two_dimensional))] if group == 3 else []
    return _tiff(width, height, length, [1], [(259, _SHORT, group), (262, _SHORT, 0 if white_is_zero else 1), *options])


def cmyk_tiff(width: int, height: int) -> bytes:
    """The beginning of a TIFF, behind which the pixels stand, four bytes each."""
    return _tiff(width, height, width * height * 4, [8] * 4, [(259, _SHORT, 1), (262, _SHORT, CMYK), (332, _SHORT, 1)])


def _tiff(width: int, height: int, length: int, bits: list[int], more: list[tuple[int, int, int]]) -> bytes:
    """Header, one directory, and its data behind it in one strip."""
    entries = [
        (256, _LONG, width),
        (257, _LONG, height),
        (277, _SHORT, len(bits)),
        (278, _LONG, height),
        (279, _LONG, length),
        *more,
    ]
    size = 8 + 2 + 12 * (len(entries) + 2) + 4
    start = size + 2 * len(bits) * (len(bits) > 2)
    entries.append((273, _LONG, start))
    entries.append((258, _SHORT, size if len(bits) > 2 else bits[0]))
    directory = b"".join(
        struct.pack("<HHLL", tag, kind, len(bits) if tag == 258 else 1, value) for tag, kind, value in sorted(entries)
    )
    deep = struct.pack(f"<{len(bits)}H", *bits) if len(bits) > 2 else b""
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + directory + bytes(4) + deep


def tagged(pieces: Iterable[bytes], row: int, height: int, predictor: int) -> Iterator[bytes]:
    """Rows of pixels, each behind PNG's byte for its prediction, as decompressed data of a PDF hold them.

    PDF's predictors from 10 on are PNG's own; its predictor 2 (TIFF's), of samples of eight bits, is PNG's `Sub`.

    Args:
        pieces: the data, in pieces of any length.
        row: bytes of one row, at least one.
        height: rows.
        predictor: 1, 2, or from 10 on (ISO 32000-2, table 10).

    Raises:
        DamagedError: there are too few rows.
    """
    own = predictor >= 10
    taken, left, held = row + own, height, bytearray()
    mark = b"" if own else (b"\1" if predictor == 2 else b"\0")
    for piece in pieces:
        held += piece
        count = min(left, len(held) // taken)
        if count:
            yield bytes(held[: count * taken]) if own else _marked(held, mark, row, count)
            del held[: count * taken]
            left -= count
        if not left:
            return
    if left:
        raise DamagedError(f"its pixels end {left} rows before its last row")


def _marked(held: bytearray, mark: bytes, row: int, count: int) -> bytes:
    return b"".join([mark + held[at : at + row] for at in range(0, count * row, row)])
