"""Contents of a batch and rows of one list that belong together: arrays in, arrays out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kavalan.lists.hits import Cut, Method
from kavalan.lists.model import Kind
from kavalan.lists.rows import KIND_BITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kavalan.lists.batch import Batch
    from kavalan.lists.hits import Limits
    from kavalan.lists.live import LiveList

METHODS: Final = tuple(Method)
_CODE: Final = {method: code for code, method in enumerate(METHODS)}
_SEARCHED_AT_ONCE: Final = 1024


class Pairs(NamedTuple):
    """Subjects of a batch and rows of one list that belong together, by subject, strongest first.

    Attributes:
        subject: (m,) int64 place in the batch, ascending.
        row: (m,) int64.
        method: (m,) int64 place in `METHODS`.
        distance: (m,) int64, 0 where the method is not near.
        turn: (m,) int64 number of the turn.
    """

    subject: NDArray[np.int64]
    row: NDArray[np.int64]
    method: NDArray[np.int64]
    distance: NDArray[np.int64]
    turn: NDArray[np.int64]

    def take(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Pairs:
        """Some of the pairs."""
        return Pairs(*(column[chosen] for column in self))


def find_pairs(batch: Batch, one: LiveList, limits: Limits) -> tuple[Pairs, list[Cut]]:
    """Every pair of a subject and a living row, each once by its strongest method, and what was left out.

    Known-good lists are asked for SHA-256 and SHA-1 only: files with a chosen MD5 can be made.
    """
    found = [_equal(batch, one, "sha256", Method.SHA256), _equal(batch, one, "sha1", Method.SHA1)]
    cut: Counter[int] = Counter()
    if one.info.kind is not Kind.KNOWN_GOOD:
        found.append(_sized(batch, one, _equal(batch, one, "md5", Method.MD5)))
        for first in range(0, len(batch.turned.values), _SEARCHED_AT_ONCE):
            near, left_out = _limited(_strongest([_near(batch, one, first, limits.radius)]), limits.hits)
            found.append(near)
            cut += left_out
    pairs, left_out = _limited(_strongest(found), limits.hits)
    cut += left_out
    return pairs, [Cut(batch.subjects[place].id, one.info.name, count) for place, count in sorted(cut.items())]


def contradictions(batch: Batch, one: LiveList, pairs: Pairs) -> NDArray[np.bool_]:
    """Pairs found by a digest where a stronger digest, known on both sides, differs, or the size does."""
    records = one.records(pairs.row)
    wrong = np.zeros(len(pairs.row), np.bool_)
    for stronger, method in (("sha256", Method.SHA256), ("sha1", Method.SHA1)):
        both = batch.has[stronger][pairs.subject] & ((records["kinds"] & KIND_BITS[stronger]) != 0)
        wrong |= both & (pairs.method > _CODE[method])
    sizes = batch.sizes[pairs.subject]
    wrong |= (sizes >= 0) & (records["size"] >= 0) & (sizes != records["size"])
    return wrong & (pairs.method < _CODE[Method.NEAR])


def _equal(batch: Batch, one: LiveList, kind: str, method: Method) -> Pairs:
    column = batch.digests[kind]
    query, row = one.equal(kind, column.values)
    zeros = np.zeros(len(row), np.int64)
    return Pairs(column.rows[query].astype(np.int64), row, zeros + _CODE[method], zeros, zeros)


def _sized(batch: Batch, one: LiveList, pairs: Pairs) -> Pairs:
    """MD5 with an equal size is a stronger word than MD5 alone."""
    sizes = one.records(pairs.row)["size"]
    same = (sizes >= 0) & (sizes == batch.sizes[pairs.subject])
    return pairs._replace(method=np.where(same, _CODE[Method.MD5_AND_SIZE], pairs.method))


def _near(batch: Batch, one: LiveList, first: int, radius: int) -> Pairs:
    turned = batch.turned
    found = one.near(turned.values[first : first + _SEARCHED_AT_ONCE], radius)
    asked = found.query + first
    method = np.full(len(asked), _CODE[Method.NEAR])
    return Pairs(turned.subject[asked], found.row, method, found.distance.astype(np.int64), turned.turn[asked])


def _strongest(found: Sequence[Pairs]) -> Pairs:
    """Each pair once, by its strongest method and then its least distance; by subject, strongest first."""
    every = Pairs(*(np.concatenate(columns) for columns in zip(*found, strict=True)))
    every = every.take(np.lexsort((every.turn, every.distance, every.method, every.row, every.subject)))
    new = np.ones(len(every.row), np.bool_)
    new[1:] = (every.subject[1:] != every.subject[:-1]) | (every.row[1:] != every.row[:-1])
    once = every.take(new)
    return once.take(np.lexsort((once.row, once.distance, once.method, once.subject)))


def _limited(pairs: Pairs, most: int) -> tuple[Pairs, Counter[int]]:
    """The strongest pairs of each subject, and how many others each had."""
    place = np.arange(len(pairs.subject)) - np.searchsorted(pairs.subject, pairs.subject)
    kept = place < most
    subjects, counts = np.unique(pairs.subject[~kept], return_counts=True)
    return pairs.take(kept), Counter(dict(zip(subjects.tolist(), counts.tolist(), strict=True)))
