"""Kernels that look up digests in sorted records (see `digests`)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kavalan.matching.kernels import kernel, prefetch, signed

U32 = NDArray[np.uint32]
I64 = NDArray[np.int64]
_AHEAD = 64  # look-ups whose memory is on its way at once
_LINE = 16  # 32-bit words in a cache line
_PREFETCHED = 8 * _LINE


class Records(NamedTuple):
    """Sorted records.

    Attributes:
        words: uint32 (n · width,), each record a digest's words and then an id's two.
        width: words of a record.
        starts: uint32 (2^k + 1,), where the records whose first word begins with each k bits begin.
        shift: 32 - k.
    """

    words: U32
    width: int
    starts: U32
    shift: int


@kernel
def _order(queries: U32, query: int, records: Records, record: int) -> int:
    """Below, at or above zero as the query's digest comes before, equals or comes after the record's."""
    size = records.width - 2
    a, b = query * size, record * records.width
    for word in range(size):
        if queries[a + word] != records.words[b + word]:
            return -1 if queries[a + word] < records.words[b + word] else 1
    return 0


@kernel
def _first_not_before(queries: U32, query: int, records: Records, first: int, last: int) -> int:
    """The first of some records that does not come before the query's digest."""
    while first < last:
        middle = (first + last) >> 1
        if _order(queries, query, records, middle) > 0:
            first = middle + 1
        else:
            last = middle
    return first


@kernel
def find_records(queries: U32, records: Records, firsts: I64, lasts: I64) -> int:
    """Find the run of records that have each query's digest.

    Args:
        queries: (q · (width - 2),) words of digests.
        records: where to look.
        firsts: (q,), receives where each run begins.
        lasts: (q,), receives where it ends.

    Returns:
        The length of all runs together.
    """
    size, total = records.width - 2, 0
    for block in range(0, firsts.size, _AHEAD):
        end = min(block + _AHEAD, firsts.size)
        for query in range(block, end):
            firsts[query] = queries[query * size] >> np.uint32(records.shift)
            prefetch(records.starts, firsts[query])
        for query in range(block, end):
            prefix = firsts[query]
            firsts[query], lasts[query] = signed(records.starts[prefix]), signed(records.starts[prefix + 1])
            begin, stop = firsts[query] * records.width, lasts[query] * records.width
            for at in range(begin, min(stop, begin + _PREFETCHED), _LINE):
                prefetch(records.words, at)
        for query in range(block, end):
            at = _first_not_before(queries, query, records, firsts[query], lasts[query])
            firsts[query] = at
            while at < lasts[query] and _order(queries, query, records, at) == 0:
                at += 1
            lasts[query] = at
            total += at - firsts[query]
    return total


@kernel
def spell_records(records: Records, firsts: I64, lasts: I64, query_index: I64, found: I64) -> None:
    """Write the runs of `find_records` as two columns, query and id."""
    count = 0
    for query in range(firsts.size):
        for record in range(firsts[query], lasts[query]):
            at = (record + 1) * records.width - 2
            query_index[count] = query
            found[count] = signed(records.words[at]) | signed(records.words[at + 1]) << 32
            count += 1
