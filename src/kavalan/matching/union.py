"""Kernels that join rows into groups: a forest in which every row points to its parent, and a root to itself."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kavalan.matching.kernels import kernel
from kavalan.matching.probe import distance

U64 = NDArray[np.uint64]
I64 = NDArray[np.int64]


@kernel
def root_of(parent: I64, row: int) -> int:
    """The root of a row's tree; the way to it is halved."""
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row


@kernel
def _join(parent: I64, left: int, right: int) -> None:
    """Make two rows one group; the smaller root stays."""
    a, b = root_of(parent, left), root_of(parent, right)
    parent[max(a, b)] = min(a, b)


@kernel
def join_pairs(parent: I64, left: I64, right: I64) -> None:
    """Join each pair of rows."""
    for k in range(left.size):
        _join(parent, left[k], right[k])


@kernel
def join_near(parent: I64, hashes: U64, left: I64, right: I64, radius: int) -> None:
    """Join each row on the left with every row on the right within `radius` bits of it.

    Not all pairs are compared: rows already in the group of the first on the right are crossed off for the others of
    that group, so that a crowd costs about as many comparisons as it has rows, and only one that falls apart costs
    their square.
    """
    apart, amount = right.copy(), right.size
    for row in left:
        if root_of(parent, row) != root_of(parent, right[0]):
            for other in right:
                if distance(hashes, row, hashes, other) <= radius:
                    _join(parent, row, other)
            continue
        kept = 0
        for k in range(amount):
            other = apart[k]
            if root_of(parent, other) == root_of(parent, row):
                continue
            if distance(hashes, row, hashes, other) <= radius:
                _join(parent, row, other)
            else:
                apart[kept] = other
                kept += 1
        amount = kept


@kernel
def flatten(parent: I64) -> None:
    """Point every row straight to its root."""
    for row in range(parent.size):
        parent[row] = root_of(parent, row)
