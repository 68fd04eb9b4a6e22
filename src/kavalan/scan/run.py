"""The scan of a source: walk, fingerprint, write batches; interrupted at any moment, it goes on where it was."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import msgspec

from kavalan.fingerprint import Fingerprinter, Reading
from kavalan.scan.batch import Batch, Row, finished_batches, last_path, write_batch
from kavalan.scan.stored import checked
from kavalan.sources import Item, Source, SourceLimits

BATCH_ROWS = 10_000


class ScanMismatchError(ValueError):
    """The output folder holds the scan of another source or of other parameters; resuming would mix the two."""


class _Plan(msgspec.Struct, frozen=True):
    """What a scan was asked to do; kept beside its batches so that a resumed run is the same run."""

    source: str
    batch_rows: int
    parameters: dict[str, str]
    limits: SourceLimits | None = None


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
    _settle_plan(source.path, out, _Plan(where, batch_rows, fingerprinter.parameters, source.limits))
    number, after = 0, None
    for batch in finished_batches(out):
        yield batch
        number, after = batch.number, last_path(batch)
    readings = fingerprinter.read(source.items(after=after))
    rows = _counted(readings, progress) if progress else map(_row, readings)
    while chunk := list(islice(rows, batch_rows)):
        number += 1
        yield write_batch(out, number, chunk)


def _settle_plan(root: Path, out: Path, plan: _Plan) -> None:
    if out.resolve().is_relative_to(root.resolve()):
        raise ScanMismatchError(f"{out} lies inside {root}: a scan must not write into its source")
    out.mkdir(parents=True, exist_ok=True)
    path = out / "plan.json"
    if not path.exists():
        partial = path.with_suffix(".partial")
        partial.write_bytes(msgspec.json.encode(plan))
        partial.rename(path)
    elif (held := msgspec.json.decode(path.read_bytes(), type=_Plan)) != plan:
        raise ScanMismatchError(
            f"{out} holds another scan ({held}); name an empty folder or repeat that scan's parameters"
        )


def _row(reading: Reading[Item]) -> Row:
    ending = checked(reading.item, reading.fingerprint)
    # What a refused item's reading says is what the source said, once.
    errors = dict.fromkeys(filter(None, (ending.error, reading.error)))
    return Row(reading.item, ending, reading.fingerprint, "; ".join(errors) or None)


def _counted(readings: Iterator[Reading[Item]], progress: Callable[[Progress], None]) -> Iterator[Row]:
    unread = size = 0
    for items, row in enumerate(map(_row, readings), start=1):
        unread += row.error is not None
        size += row.fingerprint.size if row.fingerprint else 0
        progress(Progress(items, unread, size, row.item.path))
        yield row
