"""The brightness of a JPEG, decoded no larger than PDQ needs.

libjpeg-turbo decodes at a half, a quarter or an eighth by leaving out high frequencies, which saves most of the inverse
transform; the colour planes are never transformed. What remains is Huffman decoding. A JPEG's Y plane is PDQ's luma.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import simplejpeg

from kavalan.fingerprint.limits import check_size

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from typing_extensions import Buffer

SHORTEST_SIDE = 512
"""Pixels that the shorter side of a scaled decode keeps: measured, 256 would move drawn pictures by up to 34 bits."""

_GREY_FROM = frozenset({"YCbCr", "Gray", "RGB"})


class JpegLuma(NamedTuple):
    """A decoded JPEG.

    Attributes:
        luma: (height, width) uint8, perhaps scaled by 1/2, 1/4 or 1/8.
        full_size: (height, width) of the picture.
        error: what the decoder complained of, or None.
    """

    luma: NDArray[np.uint8]
    full_size: tuple[int, int]
    error: str | None


def decode_jpeg(data: Buffer) -> JpegLuma | None:
    """Decode the brightness of a JPEG; None where libjpeg-turbo has no direct way to it (CMYK, or a broken header).

    Args:
        data: the whole file.

    Raises:
        UnreadableError: the header states a size beyond the limits.
    """
    try:
        height, width, colours, _ = simplejpeg.decode_jpeg_header(data, strict=False)
    except (ValueError, KeyError):
        return None
    if colours not in _GREY_FROM:
        return None
    check_size(width, height)
    scaled = _scaled(height, width)
    try:
        return JpegLuma(_decode(data, scaled, strict=True), (height, width), None)
    except ValueError as error:
        return _decode_damaged(data, scaled, (height, width), error)


def _decode_damaged(
    data: Buffer, scaled: tuple[int, int], full_size: tuple[int, int], error: ValueError
) -> JpegLuma | None:
    """What can be had of a JPEG that the decoder complained of; None if it then gives up."""
    cut = "premature end" in str(error).lower()
    try:
        return JpegLuma(_decode(data, scaled, strict=False), full_size, f"{'truncated' if cut else 'damaged'}: {error}")
    except ValueError:
        return None


def _decode(data: Buffer, scaled: tuple[int, int], *, strict: bool) -> NDArray[np.uint8]:
    return simplejpeg.decode_jpeg(data, "Gray", min_height=scaled[0], min_width=scaled[1], strict=strict)[:, :, 0]


def _scaled(height: int, width: int) -> tuple[int, int]:
    """The smallest of the scaled sizes whose shorter side is long enough."""
    for eighths in (1, 2, 4):
        scaled = (-(-height * eighths // 8), -(-width * eighths // 8))
        if min(scaled) >= SHORTEST_SIDE:
            return scaled
    return height, width
