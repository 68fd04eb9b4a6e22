"""The folder that a scan leaves: which files are in it, who writes them, and the columns of its tables.

While it runs, in this order for each batch, each whole or absent:

    plan.json                  what was asked; written once, before anything else
    mentions-000001.parquet    what databases passed on the way to these items say of other files (`MENTIONS`)
    batch-000001.parquet       at most some thousands of items (`kavalan.scan.batch.SCHEMA`)
    hits-000001.parquet        the hits on these items (`HITS`); a batch is finished once this file is there
    state.json                 running, stopped or complete, and why (`kavalan.scan.state.State`); replaced as it goes
    lock                       held by the process that writes the folder
    seen/                      while it runs, an index of the scans named as seen before; made again when missing

At the end, from these and from `kavalan.scan.facts.ScanFacts`:

    items.parquet hits.parquet stacks.parquet unread.parquet hits.vics.json summary.json report.html
                               by `kavalan.scan.results.write_results(out, facts)`
    manifest.json …            by `kavalan.scan.manifest.write_manifest(out, facts, …)`

Batches, hits and mentions are numbered from 1 without gaps and never changed. Item numbers run through the batches: the
first row of the first batch is item 1.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import polars as pl

PLAN: Final = "plan.json"
STATE: Final = "state.json"
LOCK: Final = "lock"
SEEN: Final = "seen"

_HITS: dict[str, pl.DataType | type[pl.DataType]] = {
    "item": pl.Int64,
    "sha256": pl.Binary,
    "list": pl.String,
    "owner": pl.String,
    "version": pl.String,
    "kind": pl.String,
    "state": pl.String,
    "agreement": pl.String,
    "row": pl.Int64,
    "key": pl.String,
    "position": pl.Int64,
    "categories": pl.List(pl.Struct({"scheme": pl.String, "code": pl.String})),
    "flags": pl.Int64,
    "method": pl.String,
    "distance": pl.Int32,
    "recomputed": pl.Int32,
    "rotation": pl.String,
    "subject_quality": pl.Int32,
    "entry_quality": pl.Int32,
    "contradicted": pl.Boolean,
    "held": pl.Boolean,
    "suppressed_by": pl.List(pl.String),
}
HITS: Final = pl.Schema(_HITS)
"""One row for each hit, by item, strongest first. `item`: its number in the whole scan. `sha256`: of the item. `kind`:
`positive`, `negative` or `known_good`; a mark of a known-good list names no entry, so that from `row` to `position`,
`flags`, and from `distance` to `entry_quality` it is null and its `categories` are empty. The others are as
`kavalan.lists.Hit` names them. Videos are matched by their digests only."""

MENTIONS: Final = pl.Schema(
    {
        "container": pl.Binary,
        "subject": pl.Binary,
        "act": pl.String,
        "evidence": pl.String,
        "at": pl.Int64,
        "count": pl.Int64,
    }
)
"""One row for each `kavalan.sources.Mention`. A database that lies across two batches, or in which a scan was resumed,
says some of them twice: whoever reads them takes each once."""


def batch_path(out: Path, number: int) -> Path:
    """The items of a batch."""
    return out / f"batch-{number:06d}.parquet"


def hits_path(out: Path, number: int) -> Path:
    """The hits on the items of a batch."""
    return out / f"hits-{number:06d}.parquet"


def mentions_path(out: Path, number: int) -> Path:
    """What was said of other files while a batch was read."""
    return out / f"mentions-{number:06d}.parquet"
