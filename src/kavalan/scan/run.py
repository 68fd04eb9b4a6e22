"""The scan of a source: walk, fingerprint, write batches; interrupted at any moment, it goes on where it was."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kavalan.fingerprint import Fingerprinter, Reading
from kavalan.scan.batch import Batch, Row, finished_batches, last_path, write_batch
from kavalan.scan.plan import Plan, settle_plan
from kavalan.scan.stored import checked
from kavalan.sources import Item, Source

BATCH_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a scan is.

    Attributes:
        items: fingerprinted in this run.
        unread: of these, how many could not be read wholly.
        size: bytes read in this run.
        path: the item just finished.
    """

    items: int
    unread: int
    size: int
    path: bytes


def scan_source(
    source: Source,
    out: Path,
    *,
    fingerprinter: Fingerprinter,
    batch_rows: int = BATCH_ROWS,
    progress: Callable[[Progress], None] | None = None,
) -> Iterator[Batch]:
    """Fingerprint every item of a source and yield finished batches, those of an interrupted run first.

    The same source and parameters give the same rows however often the scan is interrupted. Memory: one batch, and what
    the source needs.

    Args:
        source: what to scan, open.
        out: where the batches go; made if missing. It must not lie below the source.
        fingerprinter: its workers do the decoding.
        batch_rows: rows a batch.
        progress: called after every item.

    Raises:
        NotADirectoryError: the source's folder is gone.
        ScanMismatchError: `out` holds another scan.
        OSError: the disk is full or may not be written.
    """
    where = os.fsencode(source.path.resolve()).hex()
    settle_plan(source.path, out, Plan(where, batch_rows, fingerprinter.parameters, source.limits))
    number, after = 0, None
    for batch in finished_batches(out):
        yield batch
        number, after = batch.number, last_path(batch)
    readings = fingerprinter.read(source.items(after=after))
    rows = _counted(readings, progress) if progress else map(row_of, readings)
    while chunk := list(islice(rows, batch_rows)):
        number += 1
        yield write_batch(out, number, chunk)


def row_of(reading: Reading[Item]) -> Row:
    """What a batch keeps of a reading."""
    ending = checked(reading.item, reading.fingerprint)
    # What a refused item's reading says is what the source said, once.
    errors = dict.fromkeys(filter(None, (ending.error, reading.error)))
    return Row(reading.item, ending, reading.fingerprint, "; ".join(errors) or None)


def _counted(readings: Iterator[Reading[Item]], progress: Callable[[Progress], None]) -> Iterator[Row]:
    unread = size = 0
    for items, row in enumerate(map(row_of, readings), start=1):
        unread += row.error is not None
        size += row.fingerprint.size if row.fingerprint else 0
        progress(Progress(items, unread, size, row.item.path))
        yield row
