"""Pictures of every other format, decoded whole by Pillow (and libheif) and brought to eight bits of brightness."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple

import numpy as np
import pi_heif
from numpy.typing import NDArray
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    ExifTags,
    GifImagePlugin,
    Image,
    ImageChops,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from kavalan.fingerprint.dihedral import EXIF_TURNS
from kavalan.fingerprint.limits import UnreadableError, check_size

# The classes themselves rather than Image.open: no registry of seventy formats is offered to an offender's file, and
# the size limit is ours instead of the one that Pillow keeps for the whole process.
READERS: dict[str, type[ImageFile.ImageFile]] = {
    "image/apng": PngImagePlugin.PngImageFile,
    "image/avif": AvifImagePlugin.AvifImageFile,
    "image/bmp": BmpImagePlugin.BmpImageFile,
    "image/gif": GifImagePlugin.GifImageFile,
    "image/heic": pi_heif.HeifImageFile,
    "image/heic-sequence": pi_heif.HeifImageFile,
    "image/heif": pi_heif.HeifImageFile,
    "image/heif-sequence": pi_heif.HeifImageFile,
    "image/jpeg": JpegImagePlugin.JpegImageFile,
    "image/png": PngImagePlugin.PngImageFile,
    "image/tiff": TiffImagePlugin.TiffImageFile,
    "image/webp": WebPImagePlugin.WebPImageFile,
}

# Pillow weighs these 0.299, 0.587, 0.114 itself. Alpha is left out of account, as the reference does.
_DIRECT = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "YCbCr"})
_SWITCH = threading.Lock()


class Raster(NamedTuple):
    """A decoded picture.

    Attributes:
        pixels: (height, width) uint8, brightness; or (height, width, 3), red, green and blue.
        exif: its orientation by EXIF, 1 to 8; 1 where there is none or the decoder has already turned it.
        error: what could not be decoded, or None.
    """

    pixels: NDArray[np.uint8]
    exif: int
    error: str | None


def decode_raster(stream: BinaryIO, kind: str, *, colour: bool = False) -> Raster:
    """The first frame or page of a picture; of a damaged one, what decodes.

    Args:
        stream: seekable, at the start of the file.
        kind: media type, a key of `READERS`.
        colour: leave the weighing of the colours to the caller, where the picture has any.

    Raises:
        UnreadableError: nothing decodes, or the header states a size beyond the limits.
    """
    try:
        return _decode(stream, kind, colour)
    except UnreadableError as error:
        if not _worth_another_try(error):
            raise
        return _decode_damaged(stream, kind, colour, error)


def _decode_damaged(stream: BinaryIO, kind: str, colour: bool, error: UnreadableError) -> Raster:
    stream.seek(0)
    try:
        with _tolerant():
            raster = _decode(stream, kind, colour)
    except UnreadableError:
        reason = f"nothing of it decodes: {error}"
        raise UnreadableError(reason) from error
    cut = "truncat" in str(error).lower() or "end of file" in str(error).lower()
    return raster._replace(error=f"{'truncated' if cut else 'damaged'}: {error}")


def exif_orientation(stream: BinaryIO, kind: str) -> int:
    """EXIF orientation of a picture whose pixels another decoder takes; 1 where it says none.

    Raises:
        UnreadableError: the headers or the EXIF are broken.
    """
    try:
        with READERS[kind](stream) as image:
            return _orientation(image)
    except Exception as error:
        reason = f"its EXIF cannot be read: {_said(error)}"
        raise UnreadableError(reason) from error


def _decode(stream: BinaryIO, kind: str, colour: bool) -> Raster:
    try:
        with READERS[kind](stream) as image:
            check_size(*image.size)
            image.load()
            # An AVIF, HEIC or TIFF may turn out another size than its header said.
            check_size(*image.size)
            return Raster(pixels_of(image, colour=colour), _orientation(image), None)
    except UnreadableError:
        raise
    # Decoders raise whatever a damaged file leads them to: SyntaxError, struct.error, KeyError, ...
    except Exception as error:
        raise UnreadableError(_said(error)) from error


def _worth_another_try(error: UnreadableError) -> bool:
    return error.__cause__ is not None and not isinstance(error.__cause__, MemoryError)


def _said(error: Exception) -> str:
    """A decoder's message on one line, or the name of its error."""
    return " ".join(str(error).split()) or type(error).__name__


@contextmanager
def _tolerant() -> Iterator[None]:
    """Have Pillow keep what it decoded of a damaged file. The switch is Pillow's and module-wide: put back at once."""
    with _SWITCH:
        before = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def _orientation(image: Image.Image) -> int:
    value = image.getexif().get(ExifTags.Base.Orientation, 1)
    return value if value in EXIF_TURNS else 1


def pixels_of(image: Image.Image, *, colour: bool = False) -> NDArray[np.uint8]:
    """Brightness of a decoded picture, or its colours, as `Raster.pixels`; docs/pdq.md has the reason for each mode."""
    if image.mode.startswith("I;16"):
        return (np.asarray(image) >> 8).astype(np.uint8)
    if image.mode in {"I", "F"}:
        return _stretched(np.asarray(image, np.float32))
    if image.mode == "LAB":
        return np.asarray(image.getchannel(0))
    if image.mode == "CMYK" and image.format == "JPEG" and "adobe" not in image.info:
        # Pillow takes every CMYK JPEG for one of Adobe's, which store ink inverted; only those with their marker do.
        image = ImageChops.invert(image)
    if image.mode not in _DIRECT:
        image = image.convert("RGB")
    return np.asarray(image.convert("RGB" if colour else "L"))


def _stretched(values: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Numbers without an agreed white, put between 0 and 255: PDQ's bits do not depend on brightness or contrast."""
    finite = np.isfinite(values)
    if not finite.any():
        raise UnreadableError("none of its numbers is finite")
    low, high = values[finite].min(), values[finite].max()
    scale = 255 / (high - low) if high > low else 0.0
    return (np.where(finite, values - low, 0) * scale).astype(np.uint8)
