"""Kernels compiled before they are needed."""

from __future__ import annotations

import numpy as np

from kavalan.matching.digests import DigestIndex
from kavalan.matching.hamming import HammingIndex
from kavalan.matching.segment import FEW_HITS, FEW_ROWS
from kavalan.matching.stacks import stacks


def warm() -> None:
    """Compile every kernel, some half a minute the first time on a machine, or load it from Numba's cache, a second.

    A process that answers questions calls this before its first; one that starts workers calls it before it starts
    them, so that they find the cache filled.
    """
    hashes = np.random.default_rng(0).integers(0, 256, (FEW_ROWS + FEW_HITS, 32), dtype=np.uint8)
    hashes[FEW_ROWS:] = hashes[0]  # rows have several entries, and a question more matches than NumPy is left to sort
    ids = np.arange(len(hashes), dtype=np.int64)
    index = HammingIndex.build(hashes, ids)
    index.remove(ids[:1])
    index.range_search(hashes[:2], 31)
    stacks(hashes)  # from tables
    stacks(hashes[:2])  # from a ball
    DigestIndex.build("md5", hashes[:, :16], ids).find(hashes[:1, :16])
