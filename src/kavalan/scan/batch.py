"""One batch of a scan: at most some thousands of rows in a Parquet file that is never changed again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import polars as pl

from kavalan.fingerprint import Fingerprint
from kavalan.scan.layout import batch_path
from kavalan.scan.tables import intact, write_table
from kavalan.sources import Ending, Item

_NAME = re.compile(r"batch-(\d{6})\.parquet")

_COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "path": pl.Binary,
    "container": pl.Binary,
    "state": pl.String,
    "modified": pl.Datetime("us", "UTC"),
    "created": pl.Datetime("us", "UTC"),
    "accessed": pl.Datetime("us", "UTC"),
    "changed": pl.Datetime("us", "UTC"),
    "clock": pl.String,
    "original": pl.Binary,
    "traces": pl.List(pl.Struct({"act": pl.String, "evidence": pl.String, "at": pl.Int64, "count": pl.Int64})),
    "kind": pl.String,
    "size": pl.Int64,
    "md5": pl.Binary,
    "sha1": pl.Binary,
    "sha256": pl.Binary,
    "pdq": pl.Binary,
    "pdq_quality": pl.Int32,
    "rotations": pl.Binary,
    "orientation": pl.String,
    "frames": pl.List(pl.Struct({"time": pl.Float64, "pdq": pl.Binary, "quality": pl.Int32})),
    "stored": pl.String,
    "stored_agrees": pl.Boolean,
    "remarks": pl.List(pl.String),
    "error": pl.String,
    "seen_before": pl.Boolean,
}

_ITEM = ("path", "container", "state", "modified", "created", "accessed", "changed", "clock", "original")

SCHEMA = pl.Schema(_COLUMNS)
"""The columns of a batch, one row an item; those that are not of the fingerprint are as `kavalan.sources.Item` and its
`Ending` name them (`stored`: every checksum that the source keeps of the item, `stored_agrees`: whether all of them
agree with what was read). `rotations`: where they were asked for, the PDQ of the picture turned and mirrored, 32 bytes
each in the order of `DIHEDRAL` after `original`. `seen_before`: its content was in an earlier scan that was named."""


@dataclass(frozen=True, slots=True)
class Row:
    """One item of the source with what was learned of it.

    Attributes:
        item: as the source gave it.
        ending: what the source says of it after reading.
        fingerprint: None where the item could not be read at all.
        error: why it could not be read, wholly or in part.
    """

    item: Item
    ending: Ending
    fingerprint: Fingerprint | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Batch:
    """A finished batch on disk.

    Attributes:
        number: from 1, without gaps.
        path: the Parquet file; its columns are those of `SCHEMA`, its rows in the order of the source.
        rows: how many.
        sha256: digest of the file, which the ledger keeps.
    """

    number: int
    path: Path
    rows: int
    sha256: bytes


def frame_of(rows: Sequence[Row]) -> pl.DataFrame:
    """Rows in the columns of `SCHEMA`."""
    return pl.DataFrame([_record(row) for row in rows], schema=SCHEMA)


def write_batch(folder: Path, number: int, rows: Sequence[Row]) -> Batch:
    """Write one batch so that after a crash it is either whole or not there.

    Raises:
        OutputError: the disk is full or may not be written.
    """
    return write_frame(folder, number, frame_of(rows))


def write_frame(folder: Path, number: int, frame: pl.DataFrame, metadata: Mapping[str, str] | None = None) -> Batch:
    """Write one batch that is a table already.

    Args:
        folder: of the scan.
        number: of the batch.
        frame: in the columns of `SCHEMA`.
        metadata: kept in the file beside the table.

    Raises:
        OutputError: the disk is full or may not be written.
    """
    path = batch_path(folder, number)
    return Batch(number, path, len(frame), write_table(path, frame, metadata))


def read_batch(batch: Batch) -> pl.DataFrame:
    """Read a batch back, in the columns of `SCHEMA`.

    Raises:
        DamagedError: it is not what was written.
    """
    with intact(batch.path):
        return pl.read_parquet(batch.path, schema=SCHEMA)


def finished_batches(folder: Path) -> Iterator[Batch]:
    """Yield the batches that an earlier run finished, in order, up to the first that is missing.

    Raises:
        DamagedError: one is not what was written.
    """
    names = {path.name for path in folder.iterdir() if _NAME.fullmatch(path.name)}
    number = 1
    while (name := f"batch-{number:06d}.parquet") in names:
        path = folder / name
        yield _finished(path, number)
        number += 1


def last_path(batch: Batch) -> bytes:
    """The path of the last row: where the source is taken up again.

    Raises:
        DamagedError: it is not what was written.
    """
    with intact(batch.path):
        last: bytes = pl.scan_parquet(batch.path).select(pl.col("path").last()).collect().item()
    return last


def _record(row: Row) -> dict[str, object]:
    found = row.fingerprint
    facts: dict[str, object] = {name: getattr(row.item, name) for name in _ITEM} | {
        "traces": [msgspec.structs.asdict(trace) for trace in row.item.traces],
        "remarks": list(row.item.remarks),
        "stored": row.ending.stored,
        "stored_agrees": row.ending.agrees,
        "error": row.error,
        "seen_before": False,
    }
    if found is None:
        return facts
    frames = found.frames
    return facts | {
        "kind": found.kind,
        "size": found.size,
        "md5": found.md5,
        "sha1": found.sha1,
        "sha256": found.sha256,
        "pdq": found.pdq,
        "pdq_quality": found.pdq_quality,
        "rotations": b"".join(found.rotations[1:]) if found.rotations else None,
        "orientation": found.orientation,
        "frames": frames if frames is None else [{"time": f.time, "pdq": f.pdq, "quality": f.quality} for f in frames],
    }


def _finished(path: Path, number: int) -> Batch:
    with intact(path):
        rows = pl.scan_parquet(path).select(pl.len()).collect().item()
    with path.open("rb") as stream:
        return Batch(number, path, rows, hashlib.file_digest(stream, "sha256").digest())
