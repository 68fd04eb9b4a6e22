"""A segment as the sections of an index file, and back."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kavalan.matching.plan import CHUNKS
from kavalan.matching.probe import Balls, Rows
from kavalan.matching.segment import Segment
from kavalan.matching.store import Store, StoreWriter
from kavalan.matching.tables import Tables


def write_segment(writer: StoreWriter, prefix: str, segment: Segment) -> None:
    """Write all arrays of a segment of which nothing has been removed."""
    arrays = segment.rows._asdict() | segment.tables._asdict() | segment.balls._asdict() | {"ids": segment.ids}
    del arrays["dead"]
    for name, array in arrays.items():
        writer.write(prefix + name, [array])


def read_segment(store: Store, prefix: str) -> Segment:
    """Map a segment's arrays.

    Raises:
        IndexFileError: when one is missing or two contradict each other. Row numbers inside the tables are checked
            as they are used.
    """

    def array(name: str, dtype: type[np.generic]) -> NDArray[Any]:
        return store.array(prefix + name, dtype)

    hashes, starts, entries = array("hashes", np.uint64), array("entry_starts", np.uint32), array("entries", np.uint32)
    tables = Tables(
        array("starts", np.uint32), array("near", np.uint16), array("low", np.uint16), array("high", np.uint8)
    )
    around = Balls(array("centres", np.uint64), array("reach", np.int64), array("bounds", np.int64))
    rows = Rows(hashes, starts, entries, np.zeros(0, np.uint8))
    segment = Segment(array("ids", np.int64), rows, tables, around)
    if not (_entries_fit(segment) and _tables_fit(segment) and _balls_fit(segment)):
        store.refuse("contradicts itself")
    return segment


def _entries_fit(segment: Segment) -> bool:
    rows = segment.rows
    if not rows.entries.size:
        return segment.ids.size == segment.distinct
    return (
        rows.entries.size == segment.ids.size
        and rows.entry_starts.size == segment.distinct + 1
        and _ascends(rows.entry_starts, segment.ids.size)
        and int(rows.entries.max()) < segment.ids.size
    )


def _tables_fit(segment: Segment) -> bool:
    tables = segment.tables
    if not tables.rows:
        return True
    entries = CHUNKS * tables.rows
    return (
        tables.rows <= segment.distinct
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
        and (
            around.reach.size == 0 or _ascends(around.bounds - around.bounds[0], segment.distinct - segment.tables.rows)
        )
        and (around.reach.size == 0 or int(around.bounds[0]) == segment.tables.rows)
    )


def _ascends(starts: NDArray[np.integer[Any]], end: int) -> bool:
    """Whether places begin at 0, never go back, and end at `end`."""
    return bool(starts[0] == 0 and starts[-1] == end and (starts[1:] >= starts[:-1]).all())
