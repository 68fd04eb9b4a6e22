"""One bounded decode of a picture, whatever its format: PDQ, its quality, and what could not be read."""

from __future__ import annotations

import mmap
import os
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import msgspec

from kavalan.fingerprint.jpeg import decode_jpeg
from kavalan.fingerprint.limits import MAX_FILE, UnreadableError
from kavalan.fingerprint.pdq import MIN_SIDE, dihedral_of_luma, pdq_of_luma
from kavalan.fingerprint.raster import READERS, decode_raster, exif_orientation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from typing_extensions import Buffer

PICTURE_KINDS = frozenset(READERS)
"""Media types that `hash_picture` takes."""

_JPEG = "image/jpeg"
# Copying a small file is cheaper than the page faults of mapping it.
_MAPPED_FROM = 1 << 20


class PictureHash(msgspec.Struct, frozen=True):
    """What one picture yields.

    Attributes:
        pdq: 32 bytes as `pdqhash` prints them, or None where nothing decodes or a side is shorter than five pixels.
        quality: 0 to 100, None without ``pdq``.
        orientation: ``stored``, or ``exif N`` (2 to 8) where that was asked for and applied.
        width: in pixels as stored; None where the header cannot be read.
        height: likewise.
        dihedral: on request the hashes of all eight rotations and flips, in the order of `DIHEDRAL`.
        error: what could not be read and why; None when all of it was read.
    """

    pdq: bytes | None = None
    quality: int | None = None
    orientation: str = "stored"
    width: int | None = None
    height: int | None = None
    dihedral: tuple[bytes, ...] | None = None
    error: str | None = None


class _Decoded(NamedTuple):
    pixels: NDArray[np.uint8]
    full_size: tuple[int, int]
    exif: int
    error: str | None


def hash_picture(
    stream: BinaryIO, kind: str, *, orient: bool = False, dihedral: bool = False, exact: bool = False
) -> PictureHash:
    """PDQ of a picture; its first frame or page if it has several.

    Args:
        stream: seekable; read from its start. A real file is mapped into memory rather than read.
        kind: media type by content, one of `PICTURE_KINDS`.
        orient: turn the picture as its EXIF asks before hashing. Hash lists are made without.
        dihedral: add the hashes of the eight rotations and flips.
        exact: decode in full and weigh the colours unrounded, as the reference does, instead of the fast way.

    Returns:
        The hash. A file from which nothing can be had gives ``error`` instead; damage never raises.
    """
    try:
        decoded = _decode(stream, kind, orient=orient, exact=exact)
    except UnreadableError as error:
        return PictureHash(error=str(error))
    return _hashed(decoded, dihedral=dihedral)


def _hashed(decoded: _Decoded, *, dihedral: bool) -> PictureHash:
    pixels, full_size, exif, error = decoded
    height, width = full_size
    if min(full_size) < MIN_SIDE:
        reason = f"no PDQ: {width} x {height} pixels, the least is {MIN_SIDE} x {MIN_SIDE}"
        return PictureHash(width=width, height=height, error=error or reason)
    pdq = pdq_of_luma(pixels, full_size, exif)
    if error and not pdq.quality:
        # What a decoder puts in place of missing data is flat, and the bits of a flat picture are rounding noise.
        return PictureHash(width=width, height=height, error=f"{error}; nothing of it decodes")
    return PictureHash(
        pdq=pdq.hash,
        quality=pdq.quality,
        orientation=f"exif {exif}" if exif != 1 else "stored",
        width=width,
        height=height,
        dihedral=dihedral_of_luma(pixels, full_size, exif) if dihedral else None,
        error=error,
    )


def _decode(stream: BinaryIO, kind: str, *, orient: bool, exact: bool) -> _Decoded:
    stream.seek(0)
    if kind == _JPEG and not exact and (jpeg := decode_jpeg(_content(stream))) is not None:
        exif, doubt = _jpeg_orientation(stream) if orient else (1, None)
        return _Decoded(jpeg.luma, jpeg.full_size, exif, jpeg.error or doubt)
    stream.seek(0)
    raster = decode_raster(stream, kind, colour=exact)
    height, width = raster.pixels.shape[:2]
    return _Decoded(raster.pixels, (height, width), raster.exif if orient else 1, raster.error)


def _jpeg_orientation(stream: BinaryIO) -> tuple[int, str | None]:
    """The orientation that a JPEG's EXIF asks for, and why it could not be read if so."""
    stream.seek(0)
    try:
        return exif_orientation(stream, _JPEG), None
    except UnreadableError as error:
        return 1, str(error)


def _content(stream: BinaryIO) -> Buffer:
    """All of a file, without copying it where that is worth a mapping."""
    try:
        size = os.fstat(stream.fileno()).st_size
    except OSError:
        return stream.read(MAX_FILE)  # in memory or in an archive
    return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) if size > _MAPPED_FROM else stream.read(size)
