"""PDQ's blur-and-decimate step as one small sparse matrix per dimension.

PDQ blurs a picture twice with a box filter along each axis and keeps 64 × 64 samples. Every one of these steps is
linear and works on one axis at a time, so the whole is ``A · X · Bᵀ`` with A (64 × height) and B (64 × width) depending
on the dimensions alone. A sample reaches no further than 1/64 of the axis to either side: a line of pixels weighs in
one or two of the 64. So A, which meets every pixel, is kept as the few lines of each sample (`Taps`); B, which meets
64 lines only, as dense bands of eight samples (`Band`), since few large products cost less than many small ones.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAMPLES = 64
_SAMPLES_PER_BAND = 8
_LUMA = np.array([0.299, 0.587, 0.114], np.float32)
# A folder of photographs has a handful of sizes; one operator of a 65,535 pixel side takes about 3 MB.
_CACHED = 64
# Pixels turned to float32 at a time: fewer would cost a small picture calls, more would leave the caches. A sample of a
# large picture takes a 64th of it.
_BLOCK = 1 << 19
_KEPT = 1 << 20


class _Pages(threading.local):
    """Memory that a thread keeps from picture to picture; nothing in it outlives a call.

    Fresh pages from the system cost a small picture more than all its arithmetic.
    """

    def __init__(self) -> None:
        self._kept = np.empty(_KEPT, np.float32)

    def take(self, first: int, second: int, third: int) -> tuple[NDArray[np.float32], ...]:
        """Three arrays of the sizes asked for, not initialised; fresh ones where the kept memory is too small."""
        size = first + second + third
        whole = self._kept if size <= _KEPT else np.empty(size, np.float32)
        return whole[:first], whole[first : first + second], whole[first + second : size]


_PAGES = _Pages()


class Taps(NamedTuple):
    """The pixels of each sample along an axis.

    Attributes:
        pixels: (64, n) which; where a weight is zero, any pixel of the picture.
        weights: (64, 1, n) float32; those of each sample sum to one.
    """

    pixels: NDArray[np.int64]
    weights: NDArray[np.float32]


class Band(NamedTuple):
    """Eight neighbouring samples along an axis.

    Attributes:
        start: first pixel the weights apply to.
        end: first pixel past them.
        weights: (8, end - start) float32.
        samples: which of the 64 these are.
    """

    start: int
    end: int
    weights: NDArray[np.float32]
    samples: slice


@lru_cache(maxsize=_CACHED)
def taps(dim: int, eighths: int = 8, *, reverse: bool = False) -> Taps:
    """The operator of one axis, sample by sample.

    Args:
        dim: pixels along the axis of the full-size picture.
        eighths: scale of the picture it will be applied to, in eighths: 8 is full size, 4 half, 2 a quarter, 1 an
            eighth. A scaled pixel stands for the mean of the full-size pixels it covers, so their weights are added up
            and the result emulates the full-size picture.
        reverse: apply as if the axis ran the other way.
    """
    starts, weights = _tents(dim)
    if reverse:
        starts, weights = dim - starts - weights.shape[1], weights[:, ::-1]
    if eighths != 8:
        starts, weights = _fold(starts, weights, dim, eighths)
    pixels = starts[:, None] + np.arange(weights.shape[1])
    return Taps(np.clip(pixels, 0, -(-dim * eighths // 8) - 1), weights[:, None].astype(np.float32))


@lru_cache(maxsize=_CACHED)
def bands(dim: int, eighths: int = 8, *, reverse: bool = False) -> tuple[Band, ...]:
    """The same operator as eight bands, in order of the samples; parameters as for `taps`."""
    pixels, weights = taps(dim, eighths, reverse=reverse)
    return tuple(_band(pixels, weights, slice(i, i + _SAMPLES_PER_BAND)) for i in range(0, SAMPLES, _SAMPLES_PER_BAND))


def reduce_picture(pixels: NDArray[np.uint8], rows: Taps, columns: tuple[Band, ...]) -> NDArray[np.float32]:
    """``A · X · Bᵀ``, a stretch of the picture at a time, so that a large one is never held whole as float32.

    Args:
        pixels: (height, width) uint8, brightness; or (height, width, 3), red, green and blue, which are weighed when
            they are reduced: all of it is linear. One whose lines are not contiguous is copied.
        rows: `taps` of the height.
        columns: `bands` of the width.

    Returns:
        (64, 64) float32, brightness.
    """
    low = _reduce_rows(pixels.reshape(len(pixels), -1), rows)
    if pixels.ndim == 3:
        low = low.reshape(SAMPLES, -1, 3) @ _LUMA
    thumb = np.empty((SAMPLES, SAMPLES), np.float32)
    for band in columns:
        np.matmul(band.weights, low[:, band.start : band.end].T, out=thumb[band.samples])
    return thumb.T


def _reduce_rows(luma: NDArray[np.uint8], rows: Taps) -> NDArray[np.float32]:
    """``A · X``, (64, width)."""
    width, reach = luma.shape[1], rows.pixels.shape[1]
    at_once = min(max(_BLOCK // (reach * width), 1), SAMPLES)
    size = at_once * reach * width
    low, tile, copied = _PAGES.take(SAMPLES * width, size, -(-size // 4))
    low = low.reshape(SAMPLES, 1, width)
    tile = tile.reshape(at_once, reach, width)
    lines = copied.view(np.uint8)[:size].reshape(tile.shape)
    for first in range(0, SAMPLES, at_once):
        some = slice(first, first + at_once)
        count = len(rows.pixels[some])
        np.take(luma, rows.pixels[some], axis=0, out=lines[:count], mode="clip")
        np.copyto(tile[:count], lines[:count])
        np.matmul(rows.weights[some], tile[:count], out=low[some])
    return low[:, 0]


def _tents(dim: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Weights of each sample after two box passes: first pixel (64,), weights (64, n), zero outside the picture.

    The window holds ``ceil(dim / 128)`` pixels, one more to the right of the centre than to the left when even; at a
    border it is cut and divides by what is left of it (ThreatExchange, `pdq/cpp/downscaling/downscaling.cpp`).
    """
    window = -(-dim // 128)
    right = (window + 2) // 2
    left = window - right
    centres = (2 * np.arange(SAMPLES) + 1) * dim // 128
    inner = centres[:, None] + np.arange(-left, right)
    inside = (inner >= 0) & (inner < dim)
    begins = np.maximum(inner - left, 0)
    ends = np.minimum(inner + right, dim)
    share = np.where(inside, 1.0 / np.maximum(ends - begins, 1), 0.0) / inside.sum(axis=1, keepdims=True)
    starts = centres - 2 * left
    reach = 2 * window - 1
    rises = _scatter(np.clip(begins - starts[:, None], 0, reach), share, reach + 1)
    falls = _scatter(np.clip(ends - starts[:, None], 0, reach), share, reach + 1)
    return starts, np.cumsum(rises - falls, axis=1)[:, :reach]


def _scatter(offsets: NDArray[np.int64], values: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """Add ``values`` up at ``offsets`` of their own row."""
    flat = offsets + width * np.arange(len(offsets))[:, None]
    sums: NDArray[np.float64] = np.bincount(flat.ravel(), values.ravel(), len(offsets) * width).astype(np.float64)
    return sums.reshape(len(offsets), width)


def _fold(
    starts: NDArray[np.int64], weights: NDArray[np.float64], dim: int, eighths: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Add up the weights of the full-size pixels under each scaled one."""
    block = 8 // eighths
    first = starts // block
    width = (weights.shape[1] + 2 * block - 2) // block
    pixels = starts[:, None] + np.arange(weights.shape[1])
    return first, _scatter(np.clip(pixels, 0, dim - 1) // block - first[:, None], weights, width)


def _band(pixels: NDArray[np.int64], weights: NDArray[np.float32], samples: slice) -> Band:
    """Put neighbouring samples over one common stretch of pixels."""
    pixels, weights = pixels[samples], weights[samples, 0]
    start, end = int(pixels.min()), int(pixels.max()) + 1
    dense = np.zeros((len(pixels), end - start), np.float32)
    np.add.at(dense, (np.arange(len(pixels))[:, None], pixels - start), weights)
    return Band(start, end, dense, samples)
