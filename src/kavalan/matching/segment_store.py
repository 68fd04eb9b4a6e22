"""A segment as the sections of an index file, and back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kavalan.matching.plan import CHUNKS
from kavalan.matching.segment import Balls, Segment, Tables
from kavalan.matching.store import Store, StoreWriter


def write_segment(writer: StoreWriter, prefix: str, segment: Segment) -> None:
    """Write all arrays of a segment of which nothing has been removed."""
    tables, around = segment.tables, segment.balls
    arrays: dict[str, NDArray[np.generic]] = {
        "hashes": segment.hashes,
        "ids": segment.ids,
        "entry_starts": segment.entry_starts,
        "entries": segment.entries,
        "starts": tables.starts,
        "near": tables.near,
        "low": tables.low,
        "high": tables.high,
        "centres": around.centres,
        "reach": around.reach,
        "bounds": around.bounds,
    }
    for name, array in arrays.items():
        writer.write(prefix + name, [array])


def read_segment(store: Store, prefix: str) -> Segment:
    """Map a segment's arrays.

    Raises:
        IndexFileError: when one is missing or two contradict each other. Row numbers inside the tables are checked as they
            are used.
    """
    segment = Segment(
        hashes=store.array(prefix + "hashes", np.uint64),
        ids=store.array(prefix + "ids", np.int64),
        entry_starts=store.array(prefix + "entry_starts", np.uint32),
        entries=store.array(prefix + "entries", np.uint32),
        tables=Tables(
            starts=store.array(prefix + "starts", np.uint32),
            near=store.array(prefix + "near", np.uint16),
            low=store.array(prefix + "low", np.uint16),
            high=store.array(prefix + "high", np.uint8),
        ),
        balls=Balls(
            centres=store.array(prefix + "centres", np.uint64),
            reach=store.array(prefix + "reach", np.int64),
            bounds=store.array(prefix + "bounds", np.int64),
        ),
    )
    if not (_entries_fit(segment) and _tables_fit(segment) and _balls_fit(segment)):
        raise store.refuse("contradicts itself")
    return segment


def _entries_fit(segment: Segment) -> bool:
    if not segment.entries.size:
        return segment.ids.size == segment.rows
    return (
        segment.entries.size == segment.ids.size
        and segment.entry_starts.size == segment.rows + 1
        and _ascends(segment.entry_starts, segment.ids.size)
        and int(segment.entries.max()) < segment.ids.size
    )


def _tables_fit(segment: Segment) -> bool:
    tables = segment.tables
    if not tables.rows:
        return True
    entries = CHUNKS * tables.rows
    return (
        tables.rows <= segment.rows
        and tables.low.size == tables.high.size == entries
        and tables.near.size >= entries
        and tables.starts.size == (CHUNKS << 16) + 1
        and _ascends(tables.starts, entries)
    )


def _balls_fit(segment: Segment) -> bool:
    around = segment.balls
    return (
        around.centres.size == 4 * around.reach.size
        and around.bounds.size == around.reach.size + 1
        and (around.reach.size == 0 or _ascends(around.bounds - around.bounds[0], segment.rows - segment.tables.rows))
        and (around.reach.size == 0 or int(around.bounds[0]) == segment.tables.rows)
    )


def _ascends(starts: NDArray[np.generic], end: int) -> bool:
    """Whether places begin at 0, never go back, and end at `end`."""
    return bool(starts[0] == 0 and starts[-1] == end and (starts[1:] >= starts[:-1]).all())
