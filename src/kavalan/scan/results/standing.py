"""What each item comes to by its hits: one number an item, whatever the size of the scan."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kavalan.scan.results.parts import Parts


class Standing(IntEnum):
    """What the hits on one item come to: the strongest that stands, else the least doubt.

    `IDENTICAL`, `MD5_ONLY` and `NEAR` are three figures and never added up. A held hit counts in its figure and is
    told besides.
    """

    UNKNOWN = 0
    KNOWN_GOOD = 1
    NEGATIVE = 2
    SUPPRESSED = 3
    CONTRADICTED = 4
    NEAR = 5
    MD5_ONLY = 6
    IDENTICAL = 7

    @property
    def words(self) -> str:
        """For a reader."""
        return _WORDS[self]


_WORDS = {
    Standing.UNKNOWN: "unknown",
    Standing.KNOWN_GOOD: "part of a system or program",
    Standing.NEGATIVE: "decided not to be known material",
    Standing.SUPPRESSED: "suppressed by a negative list",
    Standing.CONTRADICTED: "contradicted",
    Standing.NEAR: "near",
    Standing.MD5_ONLY: "MD5 only",
    Standing.IDENTICAL: "identical",
}


def standing_of_hit() -> pl.Expr:
    """The standing of each row of a table of hits (`kavalan.scan.layout.HITS`), as UInt8."""
    method = (
        pl.when(pl.col("method").is_in(["sha256", "sha1"]))
        .then(Standing.IDENTICAL)
        .when(pl.col("method").is_in(["md5+size", "md5"]))
        .then(Standing.MD5_ONLY)
        .otherwise(Standing.NEAR)
    )
    positive = (
        pl.when(pl.col("suppressed_by").list.len() > 0)
        .then(Standing.SUPPRESSED)
        .when(pl.col("contradicted"))
        .then(Standing.CONTRADICTED)
        .otherwise(method)
    )
    return (
        pl.when(pl.col("kind") == "positive")
        .then(positive)
        .when(pl.col("kind") == "negative")
        .then(Standing.NEGATIVE)
        .otherwise(Standing.KNOWN_GOOD)
        .cast(pl.UInt8)
    )


def standings(parts: Parts) -> NDArray[np.uint8]:
    """(items,) uint8: for item n at place n - 1 the greatest `Standing` of its hits."""
    found = np.zeros(parts.items, np.uint8)
    for hits in parts.hits():
        best = hits.group_by("item").agg(standing_of_hit().max().alias("standing"))
        found[best["item"].to_numpy() - 1] = best["standing"].to_numpy()
    return found
