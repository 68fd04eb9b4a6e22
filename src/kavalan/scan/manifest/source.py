"""The digest of what was scanned, taken from the rows of the scan: nothing is read a second time.

Of a folder it is the SHA-256 over one record for each item that lies in no container, in the order of the rows:

    path 00 size 00 sha256 00

`path` as the source spells it, `size` in decimal or empty, `sha256` in hex, or `!` and the reason where the item could
not be read. Containers stand for what is in them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import polars as pl

from kavalan.scan.facts import ScanFacts
from kavalan.scan.layout import batch_path
from kavalan.scan.manifest.model import SourceFacts

_COLUMNS = ("path", "size", "sha256", "error")
_Row: TypeAlias = tuple[bytes, int | None, bytes | None, str | None]


def source_facts(out: Path, facts: ScanFacts) -> SourceFacts:
    """What was scanned, with its digest.

    Args:
        out: the folder of the scan, its batches written.
        facts: of the scan.
    """
    digest = hashlib.sha256()
    items = size = 0
    own: bytes | None = None
    for row in _top(out, facts.counts.batches):
        digest.update(_record(row))
        items, size, own = items + 1, size + (row[1] or 0), row[2]
    whole = digest.hexdigest() if facts.source_kind == "folder" else own.hex() if own else None
    return SourceFacts(
        path=facts.source.hex(),
        shown=facts.shown,
        kind=facts.source_kind,
        items=items,
        size=size,
        sha256=whole,
    )


def _top(out: Path, batches: int) -> Iterator[_Row]:
    for number in range(1, batches + 1):
        rows = pl.scan_parquet(batch_path(out, number)).filter(pl.col("container").is_null()).select(_COLUMNS)
        yield from rows.collect().iter_rows()


def _record(row: _Row) -> bytes:
    path, size, sha256, error = row
    said = sha256.hex() if sha256 else f"!{error or ''}"
    return b"%s\0%s\0%s\0" % (path, b"" if size is None else str(size).encode(), said.encode("utf-8", "replace"))
