"""Exact digests: which ids stand for this MD5, SHA-1 or SHA-256.

Records, a whole digest and an id each, lie sorted in a mapped file; a table says where the records with each first few
bits begin. A look-up reads one place of the table and then, digests being uniform, a few records. The whole digest
decides, never a part of it. A record is the digest's little-endian 32-bit words and the id's two, and ordered by them.

A record takes 24 bytes (MD5), 28 (SHA-1) or 40 (SHA-256), and half a byte to one more for its part of the table.

`DigestIndex.write` takes a stream of any length: it is spooled in 256 parts beside the file, and one part after the
other sorted. Memory: three times the largest batch or part, and the table; disk: twice the records. An index does not
change; `kavalan.lists` lays its journal over it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kavalan.matching.lookup import Records, find_records, spell_records
from kavalan.matching.store import Store, StoreWriter, frozen

WIDTHS = {"md5": 16, "sha1": 20, "sha256": 32}
"""Bytes of a digest, by the algorithm's name."""

U32 = NDArray[np.uint32]
I64 = NDArray[np.int64]
Batch = tuple[NDArray[np.uint8], I64]
"""(n, width) digests and their (n,) ids."""

_PART_BITS = 8
_MAX_RECORDS = (1 << 32) - 1


class DigestMatches(NamedTuple):
    """What was found, sorted by query, then id: two columns of one length.

    Attributes:
        query_index: int64, the query's place among those asked.
        id: int64.
    """

    query_index: I64
    id: I64


class DigestIndex:
    """Exact look-up of one algorithm's digests. Made by `build` or `open`; `write` makes the file.

    Attributes:
        algorithm: "md5", "sha1" or "sha256".
    """

    def __init__(self, algorithm: str, records: Records, store: Store | None) -> None:
        self.algorithm = algorithm
        self._records = records
        self._store = store

    @classmethod
    def build(cls, algorithm: str, digests: NDArray[np.uint8], ids: I64) -> DigestIndex:
        """Index digests in memory.

        Args:
            algorithm: "md5", "sha1" or "sha256".
            digests: (n, 16), (n, 20) or (n, 32) uint8; they may repeat with other ids, and a pair is kept once.
            ids: (n,) int64.

        Raises:
            ValueError: when the algorithm is another, or the shapes or types are.
        """
        records = _sorted(_as_records(algorithm, digests, ids))
        bits = _prefix_bits(len(records))
        starts = np.zeros((1 << bits) + 1, np.uint32)
        starts[1:] = np.bincount(records[:, 0] >> np.uint32(32 - bits), minlength=1 << bits).cumsum()
        return cls(algorithm, _records(records, starts), None)

    @staticmethod
    def write(path: Path, algorithm: str, batches: Iterable[Batch]) -> int:
        """Index a stream of digests in a file, which replaces another of this name when it is complete.

        Args:
            path: the file; its folder also takes the spool.
            algorithm: "md5", "sha1" or "sha256".
            batches: digests and ids, as `build` takes them.

        Returns:
            How many records the index holds.

        Raises:
            ValueError: as `build` does, and when there are 2^32 records or more.
            OSError: when it cannot be written.
        """
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f"{path.name}.") as spool:
            total = _spool(Path(spool), algorithm, batches)
            bits = _prefix_bits(total)
            counts = np.zeros((1 << bits) + 1, np.int64)
            with StoreWriter(path, f"digests {_known(algorithm)}") as writer:
                writer.write("records", _parts(Path(spool), _width(algorithm), bits, counts))
                starts = counts.cumsum()
                writer.write("starts", [starts.astype(np.uint32)])
                writer.finish({"entries": int(starts[-1])})
        return int(starts[-1])

    @classmethod
    def open(cls, path: Path, algorithm: str) -> DigestIndex:
        """Map an index file; nothing is read until it is asked for.

        Raises:
            ValueError: when the algorithm is none of the three.
            IndexFileError: when the file is not a whole index of this algorithm and version.
            OSError: when it cannot be read.
        """
        store = Store(path, f"digests {_known(algorithm)}")
        records = store.array("records", np.uint32, columns=_width(algorithm))
        starts = store.array("starts", np.uint32)
        size = starts.size - 1
        if size < 1 << _PART_BITS or size & (size - 1) or starts[0] or starts[-1] != len(records):
            store.refuse("contradicts itself")
        if (starts[1:] < starts[:-1]).any():
            store.refuse("contradicts itself")
        return cls(algorithm, _records(records, starts), store)

    def verify(self) -> None:
        """Read the whole file that this index was opened from, and compare its checksums.

        Raises:
            IndexFileError: when it was changed.
        """
        if self._store is not None:
            self._store.verify()

    def __len__(self) -> int:
        return self._records.words.size // self._records.width

    @property
    def nbytes(self) -> int:
        """How many bytes the index takes, in memory or mapped."""
        return self._records.words.nbytes + self._records.starts.nbytes

    def find(self, digests: NDArray[np.uint8]) -> DigestMatches:
        """The ids of each digest.

        Args:
            digests: (q, width) uint8.

        Raises:
            ValueError: when the shape or type is another.
        """
        queries = frozen(_as_words(self.algorithm, digests).reshape(-1))
        firsts, lasts = np.empty(len(digests), np.int64), np.empty(len(digests), np.int64)
        total = find_records(queries, self._records, firsts, lasts)
        matches = DigestMatches(np.empty(total, np.int64), np.empty(total, np.int64))
        if total:
            spell_records(self._records, firsts, lasts, *matches)
        return matches


def _known(algorithm: str) -> str:
    if algorithm not in WIDTHS:
        message = f"the algorithm must be one of {', '.join(WIDTHS)}, not {algorithm!r}"
        raise ValueError(message)
    return algorithm


def _width(algorithm: str) -> int:
    """Words of a record."""
    return WIDTHS[_known(algorithm)] // 4 + 2


def _as_words(algorithm: str, digests: NDArray[np.uint8]) -> U32:
    width = WIDTHS[_known(algorithm)]
    if digests.dtype != np.uint8 or digests.ndim != 2 or digests.shape[1] != width:
        message = f"{algorithm} digests must be uint8 of shape (n, {width}), not {digests.dtype} of {digests.shape}"
        raise ValueError(message)
    return np.ascontiguousarray(digests).view(np.uint32)


def _as_records(algorithm: str, digests: NDArray[np.uint8], ids: I64) -> U32:
    words = _as_words(algorithm, digests)
    if ids.dtype != np.int64 or ids.shape != (len(words),):
        message = f"ids must be int64 of shape ({len(words)},), not {ids.dtype} of {ids.shape}"
        raise ValueError(message)
    return np.concatenate((words, np.ascontiguousarray(ids).view(np.uint32).reshape(-1, 2)), axis=1)


def _records(records: U32, starts: U32) -> Records:
    return Records(frozen(records.reshape(-1)), records.shape[1], frozen(starts), 33 - int(starts.size).bit_length())


def _prefix_bits(total: int) -> int:
    """So many that some four to eight records share a prefix."""
    if total > _MAX_RECORDS:
        message = f"a digest index holds at most {_MAX_RECORDS} records, not {total}"
        raise ValueError(message)
    return max(_PART_BITS, (total // 8).bit_length())


def _sorted(records: U32) -> U32:
    """Records by digest, then id, each once."""
    head = records[:, 0].astype(np.uint64) << np.uint64(32) | records[:, 1]
    order = np.argsort(head)
    head = head[order]
    twins = np.zeros(len(head), np.bool_)
    twins[1:] = head[1:] == head[:-1]
    if not twins.any():
        return records[order]
    twins[:-1] |= twins[1:]  # all that share their first 64 bits: by the rest of the digest, then by id
    tied = records[order[twins]]
    ids = np.ascontiguousarray(tied[:, -2:]).view(np.int64).reshape(-1)
    rest: list[NDArray[np.generic]] = [tied[:, word] for word in range(tied.shape[1] - 3, 1, -1)]
    order[twins] = order[twins][np.lexsort([ids, *rest, head[twins]])]
    records = records[order]
    fresh = np.ones(len(records), np.bool_)
    fresh[1:] = (records[1:] != records[:-1]).any(axis=1)
    return records[fresh]


def _spool(folder: Path, algorithm: str, batches: Iterable[Batch]) -> int:
    """Write each record to the file of its first eight bits, and say how many there are."""
    total = 0
    with ExitStack() as stack:
        parts: dict[int, BinaryIO] = {}  # a short list fills few of them
        for digests, ids in batches:
            records = _as_records(algorithm, digests, ids)
            part_of = (records[:, 0] >> np.uint32(32 - _PART_BITS)).astype(np.uint8)
            order = np.argsort(part_of, kind="stable")
            records = records[order]
            bounds = np.searchsorted(part_of[order], np.arange((1 << _PART_BITS) + 1))
            for part in np.unique(part_of).tolist():
                if part not in parts:
                    parts[part] = stack.enter_context((folder / str(part)).open("wb"))
                parts[part].write(records[bounds[part] : bounds[part + 1]].data)
            total += len(records)
    return total


def _parts(folder: Path, width: int, bits: int, counts: I64) -> Iterator[U32]:
    """Each part's records, sorted; on the way each prefix p is counted at p + 1. A part without a file has none."""
    yield np.empty((0, width), np.uint32)  # all there is of an empty stream
    for part in range(1 << _PART_BITS):
        path = folder / str(part)
        if not path.exists():
            continue
        records = _sorted(np.fromfile(path, np.uint32).reshape(-1, width))
        path.unlink()
        span = 1 << bits - _PART_BITS
        prefix = (records[:, 0] >> np.uint32(32 - bits)).astype(np.int64) - part * span
        counts[1 + part * span : 1 + (part + 1) * span] = np.bincount(prefix, minlength=span)
        yield records
