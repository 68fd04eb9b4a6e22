"""The indexes of one generation, or of what was added since: digests that are equal, PDQ hashes that are near."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kavalan.fingerprint import MATCHABLE_QUALITY
from kavalan.lists.errors import DamagedError
from kavalan.lists.model import RADIUS
from kavalan.matching import DigestIndex, HammingIndex, IndexFileError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

DIGESTS: Final = ("md5", "sha1", "sha256")
_BATCH: Final = 1 << 18
WIDTHS: Final = {"md5": 16, "sha1": 20, "sha256": 32, "pdq": 32}


class Column(NamedTuple):
    """One kind of fingerprint of many rows.

    Attributes:
        rows: (k,) uint32 rows that have it, ascending.
        values: (k, width) uint8.
    """

    rows: NDArray[np.uint32]
    values: NDArray[np.uint8]


class Near(NamedTuple):
    """Pairs of query and row within a distance.

    Attributes:
        query: (m,) int64.
        row: (m,) int64.
        distance: (m,) uint8.
    """

    query: NDArray[np.int64]
    row: NDArray[np.int64]
    distance: NDArray[np.uint8]


def matched_near(values: NDArray[np.uint8], quality: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Which PDQ hashes are matched by distance: the array form of `model.near_refusal`.

    Args:
        values: (n, 32) uint8.
        quality: (n,) int8, -1 for unknown.
    """
    chosen = np.empty(len(values), np.bool_)
    for first in range(0, len(values), _BATCH):
        bits = np.bitwise_count(values[first : first + _BATCH]).sum(axis=1, dtype=np.int64)
        good = quality[first : first + _BATCH]
        chosen[first : first + _BATCH] = (
            ((good < 0) | (good >= MATCHABLE_QUALITY)) & (bits > RADIUS) & (bits < 256 - RADIUS)
        )
    return chosen


class Indexes:
    """Lookups over one set of rows. Kinds that no row has cost nothing."""

    def __init__(self, digests: Mapping[str, DigestIndex], near: HammingIndex | None) -> None:
        self._digests = digests
        self._near = near

    @classmethod
    def build(cls, columns: Mapping[str, Column], quality: NDArray[np.int8]) -> Indexes:
        """Index columns.

        Args:
            columns: by kind: the digests and `pdq`.
            quality: (k,) int8 beside the `pdq` column, -1 for unknown.
        """
        digests = {
            kind: DigestIndex.build(kind, columns[kind].values, columns[kind].rows.astype(np.int64))
            for kind in DIGESTS
            if len(columns[kind].rows)
        }
        return cls(digests, _build_near(columns["pdq"], quality))

    @classmethod
    def open(cls, directory: Path, kinds: Collection[str]) -> Indexes:
        """Map what `write` has written.

        Args:
            directory: of the generation.
            kinds: those that it has; a file of them that is not there is an error and never an empty index.

        Raises:
            DamagedError: a file is not whole.
            FileNotFoundError: the directory is gone.
        """
        try:
            digests = {kind: DigestIndex.open(_file(directory, kind), kind) for kind in DIGESTS if kind in kinds}
            return cls(digests, HammingIndex.open(_file(directory, "pdq")) if "pdq" in kinds else None)
        except IndexFileError as error:
            raise DamagedError(directory, f"{error}; compile the list again from its source") from error

    @staticmethod
    def write(directory: Path, columns: Mapping[str, Column], quality: NDArray[np.int8]) -> dict[str, int]:
        """Index mapped columns into files, one kind after the other, empty kinds left out.

        Args:
            directory: of the generation.
            columns: by kind: the digests and `pdq`.
            quality: (k,) int8 beside the `pdq` column, -1 for unknown.
        """
        counts = {
            kind: DigestIndex.write(_file(directory, kind), kind, _batches(columns[kind]))
            for kind in DIGESTS
            if len(columns[kind].rows)
        }
        near = _build_near(columns["pdq"], quality)
        if near is not None:
            near.save(_file(directory, "pdq"))
            counts["pdq"] = len(near)
        return counts

    def equal(self, kind: str, digests: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Pairs of query and row whose digests are equal in full.

        Args:
            kind: `md5`, `sha1` or `sha256`.
            digests: (q, width) uint8.
        """
        index = self._digests.get(kind)
        if index is None or not len(digests):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        found = index.find(digests)
        return found.query_index, found.id

    def near(self, hashes: NDArray[np.uint8], radius: int) -> Near:
        """Pairs of query and row within `radius` bits.

        Args:
            hashes: (q, 32) uint8.
            radius: 0-64.
        """
        if self._near is None or not len(hashes):
            return Near(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.uint8))
        found = self._near.range_search(hashes, radius)
        return Near(found.query_index, found.id, found.distance)


def _build_near(column: Column, quality: NDArray[np.int8]) -> HammingIndex | None:
    chosen = matched_near(column.values, quality)
    if not chosen.any():
        return None
    return HammingIndex.build(column.values[chosen], column.rows[chosen].astype(np.int64))


def _batches(column: Column) -> Iterator[tuple[NDArray[np.uint8], NDArray[np.int64]]]:
    for first in range(0, len(column.rows), _BATCH):
        rows = column.rows[first : first + _BATCH].astype(np.int64)
        yield np.asarray(column.values[first : first + _BATCH]), rows


def _file(directory: Path, kind: str) -> Path:
    return directory / f"{kind}.index"
