"""Contents to be recognised, as columns: what one pass over the indexes takes."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kavalan.lists.indexes import DIGESTS, WIDTHS, Column, matched_near

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from kavalan.lists.hits import Subject


class Turned(NamedTuple):
    """PDQ hashes to be searched, of pictures as they are and turned.

    Attributes:
        subject: (m,) int64 place in the batch.
        turn: (m,) int64 number of the turn's name.
        values: (m, 32) uint8.
        names: names of the turns, the first one empty: as it is.
    """

    subject: NDArray[np.int64]
    turn: NDArray[np.int64]
    values: NDArray[np.uint8]
    names: tuple[str, ...]


class Batch:
    """Columns over a sequence of subjects.

    Attributes:
        subjects: as given.
        digests: by kind; rows are places in the batch.
        sizes: (n,) int64, -1 unknown.
        has: by kind, (n,) whether the subject has this digest.
        turned: what is searched by distance; hashes that are flat or of low quality are left out.
        not_near: how many subjects were left out of it.
    """

    def __init__(self, subjects: Sequence[Subject]) -> None:
        self.subjects = subjects
        self.sizes = np.array([-1 if one.size is None else one.size for one in subjects], np.int64)
        self.digests = {kind: _column([getattr(one, kind) for one in subjects], WIDTHS[kind]) for kind in DIGESTS}
        self.has = {kind: _places(column, len(subjects)) for kind, column in self.digests.items()}
        self.turned, self.not_near = _turned(subjects)


def batches(subjects: Iterable[Subject], size: int = 10_000) -> Iterator[Batch]:
    """Cut a stream of any length into batches.

    Args:
        subjects: the stream.
        size: subjects in a batch.
    """
    stream = iter(subjects)
    while chunk := list(islice(stream, size)):
        yield Batch(chunk)


def _column(values: Sequence[bytes | None], width: int) -> Column:
    rows = [row for row, value in enumerate(values) if value]
    data = b"".join(value for value in values if value)
    if len(data) != width * len(rows):
        raise ValueError(f"a fingerprint of another length than {width} bytes")
    return Column(np.array(rows, np.uint32), np.frombuffer(data, np.uint8).reshape(-1, width))


def _places(column: Column, count: int) -> NDArray[np.bool_]:
    has = np.zeros(count, np.bool_)
    has[column.rows] = True
    return has


def _turned(subjects: Sequence[Subject]) -> tuple[Turned, int]:
    column = _column([one.pdq for one in subjects], WIDTHS["pdq"])
    quality = np.array([-1 if (q := subjects[row].quality) is None else q for row in column.rows], np.int8)
    chosen = matched_near(column.values, quality)
    asked = column.rows[chosen].astype(np.int64)
    names: dict[str, int] = {"": 0}
    turns = [(row, names.setdefault(name, len(names)), value) for row in asked for name, value in subjects[row].turned]
    more = _column([value for _, _, value in turns], WIDTHS["pdq"])
    return Turned(
        np.concatenate([asked, np.array([row for row, _, _ in turns], np.int64)]),
        np.concatenate([np.zeros(len(asked), np.int64), np.array([turn for _, turn, _ in turns], np.int64)]),
        np.concatenate([column.values[chosen], more.values]),
        tuple(names),
    ), len(column.rows) - len(asked)
