"""Batches as `kavalan.scan` leaves them, written by the test itself."""

import hashlib

import polars as pl

from kavalan.scan import Batch
from kavalan.scan.batch import SCHEMA


def row(path, data=b"", kind="text/plain", **more):
    """A file that was read."""
    digests = {name: hashlib.new(name, data).digest() for name in ("md5", "sha1", "sha256")}
    return {"path": path, "state": "allocated", "kind": kind, "size": len(data), **digests, **more}


def unread(path, error):
    """A file of which nothing could be read."""
    return {"path": path, "state": "allocated", "error": error}


def write(folder, number, rows):
    folder.mkdir(exist_ok=True)
    path = folder / f"batch-{number:06d}.parquet"
    pl.DataFrame(rows, schema=SCHEMA).write_parquet(path)
    return Batch(number, path, len(rows), hashlib.sha256(path.read_bytes()).digest())
