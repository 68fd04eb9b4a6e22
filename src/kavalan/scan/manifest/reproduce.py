"""Is a scan the same as an earlier one: could it be repeated with the same means, and did it give the same rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import polars as pl

from kavalan.scan.batch import SCHEMA
from kavalan.scan.facts import ListFacts
from kavalan.scan.layout import HITS, MENTIONS, batch_path, hits_path, mentions_path
from kavalan.scan.manifest.model import Manifest
from kavalan.scan.manifest.tables import Difference, Key, compare
from kavalan.sources import shown

# Reading a file changes when it was last read, unless the source is mounted read-only.
_BY_READING = ("accessed",)
# A hit's number is that of its row: a row more or less would show in every hit behind it.
_BY_PLACE = ("item",)
_HIT = ("sha256", "list", "key", "position", "method")

Folder: TypeAlias = tuple[Path, int]
"""A scan's folder, and how many batches it has."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two scans side by side.

    Attributes:
        items: their items.
        hits: their hits.
        mentions: what databases in the source say of other files; those that only one of both has.
    """

    items: Difference
    hits: Difference
    mentions: Difference

    @property
    def identical(self) -> bool:
        """Whether every row is the same, times of last access left aside."""
        return self.items.none and self.hits.none and self.mentions.none


def changed_means(manifest: Manifest, tools: Mapping[str, str], lists: Sequence[ListFacts]) -> Iterator[str]:
    """What is not as it was when a scan was made, a sentence each.

    Args:
        manifest: of that scan.
        tools: name to version, of what would be used now.
        lists: that would be asked now.
    """
    for name in sorted({*manifest.tools, *tools}):
        then, now = manifest.tools.get(name, "absent"), tools.get(name, "absent")
        if then != now:
            yield f"{name} was {then} and is {now}"
    current = {one.name: one for one in lists}
    for then_list in manifest.lists:
        now_list = current.pop(then_list.name, None)
        if now_list is None:
            yield f"the list {then_list.name} is not there"
        elif now_list.sha256 != then_list.sha256:
            yield (
                f"the list {then_list.name} was version {then_list.version} in state {then_list.state} "
                f"({then_list.sha256[:12]}) and is version {now_list.version} in state {now_list.state} "
                f"({now_list.sha256[:12]})"
            )
    yield from (f"the list {name} was not asked" for name in current)


def differences(first: Folder, second: Folder) -> Comparison:
    """Compare the rows of two scans. Memory: some thousands of rows, and the mentions.

    Args:
        first: the earlier scan.
        second: the later one; its batches may be cut otherwise.

    Raises:
        OSError: a batch cannot be read.
        polars.exceptions.PolarsError: one is damaged.
    """
    return Comparison(
        compare(_items(first), _items(second), ("path",), _item_name),
        compare(_hits(first), _hits(second), _HIT, _hit_name),
        _mentions(first, second),
    )


def told(comparison: Comparison) -> Iterator[str]:
    """A comparison for a reader, a sentence a line."""
    for what, found in (("items", comparison.items), ("hits", comparison.hits), ("mentions", comparison.mentions)):
        if found.none:
            yield f"{what}: {found.rows} rows, all the same"
            continue
        yield (
            f"{what}: {found.rows} rows in both, {found.only_first} only in the first, "
            f"{found.only_second} only in the second"
        )
        yield from (f"  {column} differs in {count}" for column, count in found.columns.most_common())
        yield from (f"  {text}" for text in found.first)
    yield "IDENTICAL" if comparison.identical else "DIFFERENT"


def _items(folder: Folder) -> Iterator[pl.DataFrame]:
    out, batches = folder
    for number in range(1, batches + 1):
        yield pl.read_parquet(batch_path(out, number), schema=SCHEMA).drop(_BY_READING)


def _hits(folder: Folder) -> Iterator[pl.DataFrame]:
    out, batches = folder
    for number in range(1, batches + 1):
        if (path := hits_path(out, number)).exists():
            yield pl.read_parquet(path, schema=HITS).drop(_BY_PLACE)


def _mentions(first: Folder, second: Folder) -> Difference:
    """A resumed scan says some of them twice, and elsewhere: they are compared as a set."""
    ours, theirs = (_set_of_mentions(folder) for folder in (first, second))
    names = MENTIONS.names()
    found = Difference()
    found.rows = _count(ours.join(theirs, on=names, how="semi", nulls_equal=True))
    found.only_first = _count(ours.join(theirs, on=names, how="anti", nulls_equal=True))
    found.only_second = _count(theirs.join(ours, on=names, how="anti", nulls_equal=True))
    return found


def _set_of_mentions(folder: Folder) -> pl.LazyFrame:
    out, batches = folder
    paths = [path for number in range(1, batches + 1) if (path := mentions_path(out, number)).exists()]
    rows = pl.scan_parquet(paths, schema=MENTIONS) if paths else pl.LazyFrame(schema=MENTIONS)
    return rows.unique()


def _count(rows: pl.LazyFrame) -> int:
    count: int = rows.select(pl.len()).collect(engine="streaming").item()
    return count


def _item_name(key: Key) -> str:
    (path,) = key
    return shown(path) if isinstance(path, bytes) else "an item without a path"


def _hit_name(key: Key) -> str:
    sha256, name, *_, method = key
    content = sha256.hex() if isinstance(sha256, bytes) else "a content without a digest"
    return f"hit of {content} on {name} by {method}"
