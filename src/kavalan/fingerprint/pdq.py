"""PDQ, the perceptual hash of pictures that the hash lists use (Facebook, 2019).

Follows `pdqhash` and `threatexchange`, which hash the full resolution; the C++ photo hasher shrinks first and lands
some seven bits away. docs/pdq.md tells the two apart. NumPy only: the processes that decode evidence import nothing
larger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kavalan.fingerprint.dihedral import EXIF_TURNS, dihedral_spectra
from kavalan.fingerprint.operator import SAMPLES, bands, reduce_picture, taps

if TYPE_CHECKING:
    from numpy.typing import NDArray

MIN_SIDE = 5
"""The reference hashes nothing smaller: it answers all zeros with quality 0."""

_EIGHTHS = (1, 2, 4, 8)

# Rows 1 to 16 of the 64-point DCT-II: the mean, row 0, is left out.
_DCT = np.sqrt(2 / SAMPLES) * np.cos(
    np.pi / (2 * SAMPLES) * np.outer(np.arange(1, 17), 2 * np.arange(SAMPLES) + 1),
)
_DCT_ROWS = _DCT.astype(np.float32)
_DCT_COLUMNS = np.ascontiguousarray(_DCT_ROWS.T)


class Pdq(NamedTuple):
    """A hash and how much there is to see in the picture.

    Attributes:
        hash: 32 bytes; bit 255 first, as `pdqhash` prints it.
        quality: 0 to 100.
    """

    hash: bytes
    quality: int


def pdq_of_luma(luma: NDArray[np.uint8], full_size: tuple[int, int] | None = None, exif: int = 1) -> Pdq:
    """PDQ of a picture's brightness.

    Args:
        luma: (height, width) uint8, 0.299 R + 0.587 G + 0.114 B: the Y plane of a JPEG or of a video frame at full
            range. Or (height, width, 3), the colours themselves, which are then weighed unrounded, as the reference
            does.
        full_size: (height, width) of the picture, where ``luma`` is a decode of it at 1/2, 1/4 or 1/8 (each side
            rounded up): the hash emulates that of the full picture.
        exif: EXIF orientation to apply, 1 to 8.

    Raises:
        ValueError: ``luma`` is not such a decode of ``full_size``, or is empty.
    """
    thumb = _thumb(luma, full_size, exif)
    return Pdq(_bits(_spectrum(thumb)), _quality(thumb)) if thumb is not None else Pdq(bytes(32), 0)


def dihedral_of_luma(
    luma: NDArray[np.uint8], full_size: tuple[int, int] | None = None, exif: int = 1
) -> tuple[bytes, ...]:
    """The hashes of all eight rotations and flips in the order of `DIHEDRAL`; parameters as for `pdq_of_luma`.

    As in the reference, the seven others are turned in the spectrum: hashing the turned picture itself may differ by a
    few bits, since the filter is not quite symmetric.
    """
    thumb = _thumb(luma, full_size, exif)
    if thumb is None:
        return (bytes(32),) * 8
    return tuple(_bits(spectrum) for spectrum in dihedral_spectra(_spectrum(thumb)))


def _thumb(luma: NDArray[np.uint8], full_size: tuple[int, int] | None, exif: int) -> NDArray[np.float32] | None:
    """Blurred and decimated to 64 × 64, or None below the smallest size that the reference hashes."""
    height, width = full_size or luma.shape[:2]
    if min(height, width) < MIN_SIDE:
        return None
    eighths = _scale(luma.shape[:2], (height, width))
    turn = EXIF_TURNS[exif]
    rows, columns = taps(height, eighths, reverse=turn.rows), bands(width, eighths, reverse=turn.columns)
    thumb = reduce_picture(luma, rows, columns)
    return thumb.T if turn.transpose else thumb


def _scale(shape: tuple[int, ...], full: tuple[int, int]) -> int:
    """Eighths of the full size at which ``shape`` was decoded."""
    for eighths in reversed(_EIGHTHS):
        if shape == tuple(-(-side * eighths // 8) for side in full):
            return eighths
    reason = f"a luma plane of shape {shape} is no 1/1, 1/2, 1/4 or 1/8 decode of {full}"
    raise ValueError(reason)


def _spectrum(thumb: NDArray[np.float32]) -> NDArray[np.float32]:
    """Frequencies 1 to 16 of both axes, (16, 16)."""
    spectrum: NDArray[np.float32] = _DCT_ROWS @ thumb @ _DCT_COLUMNS
    return spectrum


def _bits(spectrum: NDArray[np.float32]) -> bytes:
    """One bit a frequency: above the lower median or not; the last frequency comes first."""
    flat = spectrum.ravel()
    return np.packbits(flat[::-1] > np.partition(flat, 127)[127]).tobytes()


def _quality(thumb: NDArray[np.float32]) -> int:
    """Steps between neighbours, in whole hundredths of the range, summed and scaled.

    Source: ThreatExchange, `pdqImageDomainQualityMetric`.
    """
    # Together and in place: of a small picture's time, calls and fresh arrays would take more than the arithmetic.
    steps = np.empty((2, SAMPLES - 1, SAMPLES), np.float32)
    np.subtract(thumb[1:], thumb[:-1], out=steps[0])
    np.subtract(thumb.T[1:], thumb.T[:-1], out=steps[1])
    steps *= 100
    steps /= 255
    np.trunc(steps, out=steps)
    return min(int(np.abs(steps, out=steps).sum()) // 90, 100)
