"""What databases in the source say of the use of files that lie elsewhere in it, brought to the items that are meant.

A database spells a path as its program saw it. An item is meant where its path ends so, name by name; where no path
ends in all of it, the longest end that any has is taken, of at least two names. Several items may end alike: each is
given the record, with the number of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from kavalan.scan.layout import MENTIONS, mentions_path
from kavalan.scan.places import name_inside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from kavalan.scan.results.parts import Parts

DEEPEST = 24
"""Names of a path that are compared, from its end."""

MOST_TRACES = 50
"""Records that are kept of one item."""


class Told(NamedTuple):
    """A record of use that a database keeps of an item.

    Attributes:
        act: as `kavalan.sources.Trace`.
        evidence: the same.
        at: the same.
        times: how often, where the record counts.
        database: path of the item that is the database.
        names: how many names of the path fit.
        whole: whether that is all that the database spells.
        fits: how many items' paths end so; above 1 it is not known which of them is meant.
    """

    act: str
    evidence: str
    at: int | None
    times: int | None
    database: bytes
    names: int
    whole: bool
    fits: int


def told_of_items(parts: Parts, wanted: NDArray[np.bool_]) -> dict[int, list[Told]]:
    """The records of use by number of the item.

    Memory: some 8 bytes for each end of each path that is mentioned, and what is kept.

    Args:
        parts: the scan.
        wanted: (items,) of which items it is asked; which item is meant is decided among all of them.
    """
    ends = _ends_mentioned(parts.out)
    if not len(ends):
        return {}
    fits = np.zeros(len(ends), np.int64)
    meant: dict[int, list[int]] = {}
    for items, places in _items_by_ends(parts, ends):
        np.add.at(fits, places, 1)
        asked = wanted[items - 1]
        for item, place in zip(items[asked].tolist(), places[asked].tolist(), strict=True):
            meant.setdefault(place, []).append(item)
    return _gathered(parts.out, ends, fits, meant)


def ends_of(path: bytes) -> list[int]:
    """A number for each end of a path on the borders of its names, the shortest first; equal for equal ends."""
    names = [name for name in path.split(b"/") if name][-DEEPEST:]
    return [hash(b"/".join(names[at:])) for at in range(len(names) - 1, -1, -1)]


def _could_mean(subject: bytes) -> list[int]:
    """The ends that an item must have, the shortest first: a bare name is enough only where no more is spelled."""
    ends = ends_of(subject)
    return ends if len(ends) == 1 else ends[1:]


def _mentions(out: Path) -> Iterator[pl.DataFrame]:
    number = 1
    while (path := mentions_path(out, number)).exists():
        yield pl.read_parquet(path, schema=MENTIONS)
        number += 1


def _ends_mentioned(out: Path) -> NDArray[np.int64]:
    """All ends that would do, sorted, each once."""
    found = [np.zeros(0, np.int64)]
    for frame in _mentions(out):
        ends = [end for subject in frame["subject"].unique().to_list() for end in _could_mean(subject)]
        found.append(np.unique(np.array(ends, np.int64)))
    return np.unique(np.concatenate(found))


def _items_by_ends(parts: Parts, ends: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.intp]]]:
    """For each batch the items that have any of the ends, beside the place in `ends`; each pair once."""
    for frame in parts.read(["path", "original"]):
        rows = zip(frame["item"].to_list(), frame["path"].to_list(), frame["original"].to_list(), strict=True)
        items: list[int] = []
        numbers: list[int] = []
        for item, path, original in rows:
            of_item = {*ends_of(name_inside(path)), *(ends_of(original) if original else ())}
            items += [item] * len(of_item)
            numbers += of_item
        places, there = _places(np.array(numbers, np.int64), ends)
        yield np.array(items, np.int64)[there], places[there]


def _places(numbers: NDArray[np.int64], ends: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """The place of each number in `ends`, and whether it is there at all."""
    places = np.minimum(np.searchsorted(ends, numbers), len(ends) - 1)
    return places, ends[places] == numbers


def _gathered(
    out: Path, ends: NDArray[np.int64], fits: NDArray[np.int64], meant: dict[int, list[int]]
) -> dict[int, list[Told]]:
    gathered: dict[int, dict[Told, None]] = {}
    for frame in _mentions(out):
        for row, place, names in _meaning(frame["subject"].to_list(), ends, fits, meant):
            container, subject, act, evidence, at, count = frame.row(row)
            whole = names == len(ends_of(subject))
            told = Told(act, evidence, at, count, container, names, whole, int(fits[place]))
            for item in meant[place]:
                # A database that lies across two batches says some things twice.
                kept = gathered.setdefault(item, {})
                if len(kept) < MOST_TRACES:
                    kept[told] = None
    return {item: list(kept) for item, kept in gathered.items()}


def _meaning(
    subjects: list[bytes], ends: NDArray[np.int64], fits: NDArray[np.int64], meant: dict[int, list[int]]
) -> Iterator[tuple[int, int, int]]:
    """The rows that mean an item that is asked about: the row, the place of its longest end, how many names that is."""
    could = [_could_mean(subject) for subject in subjects]
    rows = np.repeat(np.arange(len(could)), [len(one) for one in could])
    places, there = _places(np.array([end for one in could for end in one], np.int64), ends)
    held = np.flatnonzero(there & (fits[places] > 0))
    # Of each row the last, as its ends come the shortest first.
    last = held[np.append(rows[held][1:] != rows[held][:-1], True)] if len(held) else held
    first = np.searchsorted(rows, rows[last])
    for row, place, ahead in zip(rows[last].tolist(), places[last].tolist(), (last - first).tolist(), strict=True):
        if place in meant:
            yield row, place, ahead + 1 + len(ends_of(subjects[row])) - len(could[row])
