"""PDQ written plainly, in double precision, one box at a time: what the fast one is held against (docs/pdq.md)."""

from __future__ import annotations

import numpy as np


def slow_thumb(luma: np.ndarray) -> np.ndarray:
    blurred = luma.astype(float)
    for _ in range(2):
        blurred = _box(_box(blurred).T).T
    rows, columns = ([int((i + 0.5) * side / 64) for i in range(64)] for side in luma.shape)
    return blurred[np.ix_(rows, columns)]


def slow_spectrum(thumb: np.ndarray) -> np.ndarray:
    waves = np.cos(np.pi / 128 * np.outer(np.arange(1, 17), 2 * np.arange(64) + 1)) * np.sqrt(2 / 64)
    return waves @ thumb @ waves.T


def slow_hash(luma: np.ndarray) -> bytes:
    return bits(slow_spectrum(slow_thumb(luma)))


def bits(spectrum: np.ndarray) -> bytes:
    median = sorted(spectrum.ravel())[127]
    number = sum(1 << k for k, value in enumerate(spectrum.ravel()) if value > median)
    return number.to_bytes(32, "big")


def near_ties(spectrum: np.ndarray, margin: float = 0.01) -> int:
    """Frequencies so close to the median that single precision may put them on either side."""
    return int((np.abs(spectrum - sorted(spectrum.ravel())[127]) < margin).sum())


def slow_quality(thumb: np.ndarray) -> int:
    total = 0
    for steps in (thumb[:-1] - thumb[1:], thumb[:, :-1] - thumb[:, 1:]):
        total += sum(abs(int(step * 100 / 255)) for step in steps.ravel())
    return min(total // 90, 100)


def distance(one: bytes, other: bytes) -> int:
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()


def _box(lines: np.ndarray) -> np.ndarray:
    """Mean of the window about each row, cut at the borders."""
    size = len(lines)
    window = -(-size // 128)
    right = (window + 2) // 2
    return np.stack([lines[max(0, i + right - window) : i + right].mean(axis=0) for i in range(size)])
