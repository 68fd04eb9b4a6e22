"""Batches as `kavalan.scan` leaves them, written by the test itself."""

import hashlib

import polars as pl

from kavalan.scan import Batch

SCHEMA = {
    "path": pl.Binary,
    "container": pl.Binary,
    "state": pl.String,
    "modified": pl.Datetime("us", "UTC"),
    "created": pl.Datetime("us", "UTC"),
    "accessed": pl.Datetime("us", "UTC"),
    "changed": pl.Datetime("us", "UTC"),
    "clock": pl.String,
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
}


def row(path, data=b"", kind="text/plain", **more):
    """A file that was read."""
    digests = {name: hashlib.new(name, data).digest() for name in ("md5", "sha1", "sha256")}
    return {"path": path, "kind": kind, "size": len(data), **digests, **more}


def unread(path, error):
    """A file of which nothing could be read."""
    return {"path": path, "error": error}


def write(folder, number, rows):
    folder.mkdir(exist_ok=True)
    path = folder / f"batch-{number:06d}.parquet"
    pl.DataFrame(rows, schema=SCHEMA).write_parquet(path)
    return Batch(number, path, len(rows), hashlib.sha256(path.read_bytes()).digest())
