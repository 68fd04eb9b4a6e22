"""PDQ's blur-and-decimate step as one small banded matrix per dimension.

PDQ blurs a picture twice with a box filter along each axis and keeps 64 × 64 samples. Every one of these steps is
linear and works on one axis at a time, so the whole is ``A · X · Bᵀ`` with A (64 × height) and B (64 × width) depending
on the dimensions alone. A sample reaches no further than 1/64 of the axis to either side, so the matrix is kept as
bands of eight rows.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAMPLES = 64
_ROWS_PER_BAND = 8
# A folder of photographs has a handful of sizes; one operator of a 65,535 pixel side takes about 3 MB.
_CACHED = 64
# Pixels turned to float32 at a time: they stay in the second-level cache. A large picture takes a 64th of its own.
_BLOCK = 1 << 16
_KEPT = 1 << 20


class _Pages(threading.local):
    """Memory that a thread keeps from picture to picture; nothing in it outlives a call.

    Fresh pages from the system cost a small picture more than all its arithmetic.
    """

    def __init__(self) -> None:
        self._kept = np.empty(_KEPT, np.float32)

    def take(self, first: int, second: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Two arrays of the sizes asked for, not initialised; fresh ones where the kept memory is too small."""
        size = first + second
        whole = self._kept if size <= _KEPT else np.empty(size, np.float32)
        return whole[:first], whole[first:size]


_PAGES = _Pages()


class Band(NamedTuple):
    """Eight neighbouring rows of the operator where they are not zero.

    Attributes:
        start: first pixel the weights apply to.
        end: first pixel past them.
        weights: (8, end - start) float32.
        samples: which of the 64 samples these rows give.
    """

    start: int
    end: int
    weights: NDArray[np.float32]
    samples: slice


@lru_cache(maxsize=_CACHED)
def bands(dim: int, eighths: int = 8, *, reverse: bool = False) -> tuple[Band, ...]:
    """The operator of one axis.

    Args:
        dim: pixels along the axis of the full-size picture.
        eighths: scale of the picture it will be applied to, in eighths: 8 is full size, 4 half, 2 a quarter, 1 an
            eighth. A scaled pixel stands for the mean of the full-size pixels it covers, so their weights are added up
            and the result emulates the full-size picture.
        reverse: apply as if the axis ran the other way.

    Returns:
        Eight bands, in order of the samples; the rows of each sum to one.
    """
    starts, weights = _tents(dim)
    if reverse:
        starts, weights = dim - starts - weights.shape[1], weights[:, ::-1]
    if eighths != 8:
        starts, weights = _fold(starts, weights, dim, eighths)
    return tuple(
        _band(starts, weights, slice(i, i + _ROWS_PER_BAND), -(-dim * eighths // 8))
        for i in range(0, SAMPLES, _ROWS_PER_BAND)
    )


def reduce_luma(luma: NDArray[np.uint8], rows: tuple[Band, ...], columns: tuple[Band, ...]) -> NDArray[np.float32]:
    """``A · X · Bᵀ``, a stretch of the picture at a time, so that a large one is never held whole as float32.

    Args:
        luma: (height, width) uint8.
        rows: `bands` of the height.
        columns: `bands` of the width.

    Returns:
        (64, 64) float32.
    """
    low = _reduce_rows(luma, rows)
    thumb = np.empty((SAMPLES, SAMPLES), np.float32)
    for band in columns:
        np.matmul(low[:, band.start : band.end], band.weights.T, out=thumb[:, band.samples])
    return thumb


def _reduce_rows(luma: NDArray[np.uint8], rows: tuple[Band, ...]) -> NDArray[np.float32]:
    """``A · X``, (64, width)."""
    width = luma.shape[1]
    longest = max(band.end - band.start for band in rows)
    kept, scratch = _PAGES.take(SAMPLES * width, max(_BLOCK, luma.size // 64, longest))
    low = kept.reshape(SAMPLES, width)
    for band in rows:
        lines = luma[band.start : band.end]
        step = len(scratch) // len(lines)
        for left in range(0, width, step):
            piece = lines[:, left : left + step]
            tile = scratch[: piece.size].reshape(piece.shape)
            np.copyto(tile, piece)
            np.matmul(band.weights, tile, out=low[band.samples, left : left + step])
    return low


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


def _band(starts: NDArray[np.int64], weights: NDArray[np.float64], samples: slice, size: int) -> Band:
    """Put neighbouring rows over one common stretch of pixels, within 0 and ``size``."""
    starts, weights = starts[samples], weights[samples]
    begin = max(int(starts.min()), 0)
    end = min(int(starts.max()) + weights.shape[1], size)
    dense = np.zeros((len(starts), end - begin), np.float32)
    for row, start, values in zip(dense, starts, weights, strict=True):
        lo, hi = max(int(start), begin), min(int(start) + len(values), end)
        row[lo - begin : hi - begin] = values[lo - start : hi - start]
    return Band(begin, end, dense, samples)
