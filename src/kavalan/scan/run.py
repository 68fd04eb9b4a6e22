"""The scan of a folder: walk, fingerprint, write batches; interrupted at any moment, it goes on where it was."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import msgspec

from kavalan.fingerprint import Fingerprinter, Reading
from kavalan.scan.batch import Batch, Row, finished_batches, last_path, write_batch
from kavalan.sources import Item, walk_folder

BATCH_ROWS = 10_000


class ScanMismatchError(ValueError):
    """The output folder holds the scan of another source or of other parameters; resuming would mix the two."""


class _Plan(msgspec.Struct, frozen=True):
    """What a scan was asked to do; kept beside its batches so that a resumed run is the same run."""

    source: str
    batch_rows: int
    parameters: dict[str, str]


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


def scan_folder(
    root: Path,
    out: Path,
    *,
    fingerprinter: Fingerprinter,
    batch_rows: int = BATCH_ROWS,
    progress: Callable[[Progress], None] | None = None,
) -> Iterator[Batch]:
    """Fingerprint every item below `root` and yield finished batches, those of an interrupted run first.

    The same source and parameters give the same rows however often the scan is interrupted. Memory: one batch.

    Args:
        root: the folder to scan.
        out: where the batches go; made if missing. It must not lie below `root`.
        fingerprinter: its workers do the decoding.
        batch_rows: rows a batch.
        progress: called after every item.

    Raises:
        NotADirectoryError: `root` is not a folder.
        ScanMismatchError: `out` holds another scan.
        OSError: the disk is full or may not be written.
    """
    _settle_plan(root, out, _Plan(os.fsencode(root.resolve()).hex(), batch_rows, fingerprinter.parameters))
    number, after = 0, None
    for batch in finished_batches(out):
        yield batch
        number, after = batch.number, last_path(batch)
    readings = fingerprinter.read(walk_folder(root, after=after))
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
    return Row(reading.item.path, reading.item.modified, reading.fingerprint, reading.error)


def _counted(readings: Iterator[Reading[Item]], progress: Callable[[Progress], None]) -> Iterator[Row]:
    unread = size = 0
    for items, row in enumerate(map(_row, readings), start=1):
        unread += row.error is not None
        size += row.fingerprint.size if row.fingerprint else 0
        progress(Progress(items, unread, size, row.path))
        yield row
