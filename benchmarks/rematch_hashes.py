"""Hashes that contents and list are made of: the same seed, the same hashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHUNK = 50_000


def hashes(seed: int, count: int) -> NDArray[np.uint8]:
    """Random hashes, (count, 32)."""
    return np.random.default_rng(seed).integers(0, 256, (count, 32), np.uint8)


def firsts(count: int) -> range:
    """Where each chunk begins."""
    return range(0, count, CHUNK)
