"""A decoded video frame to its brightness at full range."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from av import VideoFrame
    from av.video.plane import VideoPlane
    from numpy.typing import NDArray

# Pixel formats whose first plane is brightness alone: planar and semi-planar YUV, grey (libavutil, pixdesc.c).
_BRIGHTNESS_FIRST: Final = re.compile(
    r"(?:yuv(j?)|yuva)4[0-4][0-4]p(\d\d?)?(le|be)?|(gray)(\d\d?)?(le|be)?|nv(?:12|21|16|24|42)"
)
_FULL_RANGE: Final = 2
_LIMITED_RANGE: Final = 1


def luma_of_frame(frame: VideoFrame) -> NDArray[np.uint8]:
    """Brightness of a frame, (height, width) uint8, black 0 and white 255; rotation and pixel aspect as stored.

    The Y plane is PDQ's luma, so nothing is converted where there is one. Video keeps it between 16 and 235 unless the
    stream says otherwise; it is spread, as the reference does on its way through RGB: the hash would be the same, the
    quality 14 % lower. Everything else (RGB, palettes, packed and shifted formats) goes through swscale.

    Raises:
        av.FFmpegError: swscale does not know the pixel format.
    """
    plane = frame.planes[0] if frame.planes else None
    match = _BRIGHTNESS_FIRST.fullmatch(frame.format.name)
    if match is None or plane is None or plane.line_size < frame.width:  # a negative line size: stored bottom up
        grey = frame.reformat(format="gray", threads=1)
        return _rows(grey.planes[0], grey.width, grey.height, "u1").astype(np.uint8, copy=False)
    full, yuv_bits, yuv_order, grey_name, grey_bits, grey_order = match.groups()
    bits = int(yuv_bits or grey_bits or 8)
    order = ">" if "be" in {yuv_order, grey_order} else "<"
    rows = _rows(plane, frame.width, frame.height, "u1" if bits == 8 else f"{order}u2")
    limited = frame.color_range == _LIMITED_RANGE or not (full or grey_name or frame.color_range == _FULL_RANGE)
    return (
        rows.astype(np.uint8, copy=False)
        if bits == 8 and not limited
        else np.take(_spread(bits, limited=limited), rows)
    )


def _rows(plane: VideoPlane, width: int, height: int, sample: str) -> NDArray[np.uint8 | np.uint16]:
    """The plane without the padding at the end of its lines; ``sample`` is NumPy's name for the stored type."""
    stored: NDArray[np.uint8 | np.uint16] = np.frombuffer(memoryview(plane), np.dtype(sample))
    return stored.reshape(-1, plane.line_size // stored.itemsize)[:height, :width]


@lru_cache
def _spread(bits: int, *, limited: bool) -> NDArray[np.uint8]:
    """Table from a stored sample to 0-255 (ITU-R BT.601-7, table 3: black 16, white 235 at 8 bits)."""
    unit = 1 << bits - 8
    black, white = (16 * unit, 235 * unit) if limited else (0, (1 << bits) - 1)
    spread = (np.arange(1 << 16 if bits > 8 else 256) - black) * (255 / (white - black))
    table: NDArray[np.uint8] = np.rint(np.clip(spread, 0, 255)).astype(np.uint8)
    return table
