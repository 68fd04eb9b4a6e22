"""The batches of a scan read one by one, and tables written as they come: memory does not grow with the scan."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
from polars.io.plugins import register_io_source

from kavalan.scan.batch import SCHEMA
from kavalan.scan.layout import HITS, batch_path, hits_path

# As much as Polars writes at once may have been what there was no room for.
_PROBE = 1 << 20
ITEM = pl.Schema({"item": pl.Int64(), **SCHEMA})
"""The columns of a batch behind the number of the item."""


class Parts:
    """The finished batches of a scan, each with its hits.

    Attributes:
        out: the scan's folder.
        items: rows in all batches.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self._rows = [_rows(batch_path(out, number)) for number in _finished(out)]
        self.items = sum(self._rows)

    def read(self, columns: list[str] | None = None) -> Iterator[pl.DataFrame]:
        """The items of each batch, numbered; all columns, or those named and `item`."""
        first = 1
        for number, rows in enumerate(self._rows, start=1):
            frame = pl.read_parquet(batch_path(self.out, number), columns=columns)
            yield frame.with_columns(pl.int_range(first, first + rows, dtype=pl.Int64).alias("item")).select(
                "item", pl.exclude("item")
            )
            first += rows

    def hits(self) -> Iterator[pl.DataFrame]:
        """The hits on the items of each batch."""
        for number in range(1, len(self._rows) + 1):
            yield pl.read_parquet(hits_path(self.out, number), schema=HITS)

    def read_with_hits(self, columns: list[str] | None = None) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
        """Each batch beside its hits."""
        yield from zip(self.read(columns), self.hits(), strict=True)


def write_table(path: Path, schema: pl.Schema, frames: Iterator[pl.DataFrame]) -> None:
    """Write frames as they come into one Parquet file, whole or not at all.

    Raises:
        OSError: the disk is full or may not be written.
    """

    def source(
        with_columns: list[str] | None, predicate: pl.Expr | None, n_rows: int | None, batch_size: int | None
    ) -> Iterator[pl.DataFrame]:
        del with_columns, predicate, n_rows, batch_size  # asked for by the signature; a sink wants all of it
        yield from frames

    def sink(partial: Path) -> None:
        try:
            register_io_source(source, schema=schema).sink_parquet(partial)
        except pl.exceptions.ComputeError as error:
            _disk_error(partial, str(error))
            raise

    written(path, sink)


def _disk_error(path: Path, said: str) -> None:
    """Polars says a full disk as an error of its own, with the number in the text or without: then the disk is asked.

    Raises:
        OSError: it was the disk.
    """
    if number := re.search(r"\(os error (\d+)\)", said):
        raise OSError(int(number[1]), os.strerror(int(number[1])))
    with path.open("ab") as stream:
        stream.write(bytes(_PROBE))
        stream.flush()
        os.fsync(stream.fileno())


def written(path: Path, write: Callable[[Path], object]) -> None:
    """Have a file written beside its place and put there when it is whole and on the disk.

    Raises:
        OSError: the disk is full or may not be written; what stood there before still does.
    """
    partial = path.with_name(path.name + ".partial")
    try:
        write(partial)
        with partial.open("rb") as stream:
            os.fsync(stream.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _finished(out: Path) -> Iterator[int]:
    """A batch is finished once its hits are there."""
    number = 1
    while hits_path(out, number).exists():
        yield number
        number += 1


def _rows(path: Path) -> int:
    rows: int = pl.scan_parquet(path).select(pl.len()).collect().item()
    return rows
