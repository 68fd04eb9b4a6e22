"""Contents against lists: every hit with its list, version, category, method and the doubts about it.

Work is done by columns over a batch; a Python loop runs only over the hits that come out. A matcher belongs to one
thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from msgspec.structs import replace

from kavalan.lists.batch import Batch, batches
from kavalan.lists.hits import Answer, Cut, Hit, Known, Limits, Method, Tally
from kavalan.lists.model import Kind
from kavalan.lists.pairs import METHODS, Pairs, contradictions, find_pairs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from kavalan.lists.hits import Subject
    from kavalan.lists.live import LiveList

    Recompute = Callable[[int, str], bytes | None]
    """Gives the PDQ of a subject (its number, the turn) after a full decode as the reference does it, or None."""

_CLASS: Final = {
    Method.SHA256: 0,
    Method.SHA1: 0,
    Method.MD5_AND_SIZE: 1,
    Method.MD5: 1,
    Method.NEAR: 2,
}


class Matcher:
    """Matches contents against open lists; made by `Catalogue.open`.

    Args:
        lists: the lists.
        clock: the time, aware; agreements are checked before every batch.
        unit: who matches.
        limits: see `Limits`.
        recompute: for near hits, where the caller has the bytes.
    """

    def __init__(
        self,
        lists: Sequence[LiveList],
        *,
        clock: Callable[[], datetime],
        unit: str | None = None,
        limits: Limits = Limits(),  # noqa: B008 -- immutable
        recompute: Recompute | None = None,
    ) -> None:
        self._lists = lists
        self._clock = clock
        self._unit = unit
        self._limits = limits
        self._recompute = recompute
        self._met: dict[tuple[str, int, int, bool], int] = {}
        self._decoded: dict[tuple[int, int], bytes | None] = {}

    def recall(self, name: str, row: int, count: int, *, near: bool) -> None:
        """Take up the count of an earlier matcher, so that an entry is held as if there had been one all the time.

        Args:
            name: of the list, in the same state.
            row: of the entry.
            count: hits on it so far.
            near: counted are those by distance, else those by digest.
        """
        for one in self._lists:
            if one.info.name == name:
                key = one.directory.name, one.number, row, near
                self._met[key] = self._met.get(key, 0) + count

    def match_all(self, subjects: Iterable[Subject], size: int = 10_000) -> Iterator[Answer]:
        """One answer for each batch of a stream of any length.

        Args:
            subjects: the stream.
            size: subjects in a batch.

        Raises:
            ListError: as `match`.
        """
        for batch in batches(subjects, size):
            yield self._answer(batch)

    def match(self, subjects: Sequence[Subject]) -> Answer:
        """Every hit of some contents on the open lists as they are now.

        Args:
            subjects: at most some ten thousands; longer streams go through `match_all`.

        Raises:
            LapsedError: the agreement of a list has ended; nothing is matched.
            NotAgreedError: an agreement does not name the unit.
            DamagedError: the bytes of a list are not what was written.
            ValueError: a fingerprint has a wrong length.
        """
        return self._answer(Batch(subjects))

    def _answer(self, batch: Batch) -> Answer:
        now = self._clock()
        self._decoded.clear()
        for one in self._lists:
            one.refresh()
            one.info.check_use(now, self._unit)
        found: dict[Kind, list[tuple[LiveList, Pairs]]] = {kind: [] for kind in Kind}
        cut: list[Cut] = []
        for one in self._lists:
            pairs, left_out = find_pairs(batch, one, self._limits)
            found[one.info.kind].append((one, pairs))
            cut += left_out
        negative = [hit for one, pairs in found[Kind.NEGATIVE] for hit in self._hits(batch, one, pairs)]
        against = _evidence(negative)
        positive = [
            _suppressed(hit, against) for one, pairs in found[Kind.POSITIVE] for hit in self._hits(batch, one, pairs)
        ]
        hits = sorted((*positive, *negative), key=_order)
        met = {hit.subject for hit in hits}
        known = [mark for one, pairs in found[Kind.KNOWN_GOOD] for mark in _known(batch, one, pairs, met)]
        return Answer(tuple(hits), tuple(known), tuple(cut), _tally(batch, positive, known))

    def _hits(self, batch: Batch, one: LiveList, pairs: Pairs) -> Iterator[Hit]:
        wrong = contradictions(batch, one, pairs)
        held = self._held(one, pairs)
        columns = (pairs.subject, pairs.method, pairs.distance, pairs.turn, pairs.row, wrong, held)
        values = (column.tolist() for column in columns)
        entries = one.entries(pairs.row)
        again = self._recomputed(batch, one, pairs)
        info = one.info
        for place, code, distance, turn, row, contradicted, flood in zip(*values, strict=True):
            entry = next(entries)
            subject = batch.subjects[place]
            near = METHODS[code] is Method.NEAR
            yield Hit(
                subject=subject.id,
                list=info.name,
                owner=info.owner,
                version=info.version,
                state=one.state,
                kind=info.kind,
                agreement=info.agreement.reference if info.agreement else None,
                row=row,
                key=entry.key,
                position=entry.position,
                categories=entry.categories,
                flags=entry.flags,
                method=METHODS[code],
                distance=distance if near else None,
                recomputed=again.get((place, row)),
                rotation=batch.turned.names[turn] if near else None,
                subject_quality=subject.quality,
                entry_quality=entry.pdq_quality,
                contradicted=contradicted,
                held=flood,
            )

    def _held(self, one: LiveList, pairs: Pairs) -> NDArray[np.bool_]:
        """Which pairs meet an entry that more contents match than likely; counted over the life of the matcher."""
        near = pairs.method == METHODS.index(Method.NEAR)
        held = np.zeros(len(near), np.bool_)
        for is_near, most in ((True, self._limits.near_flood), (False, self._limits.digest_flood)):
            chosen = near == is_near
            rows, inverse, counts = np.unique(pairs.row[chosen], return_inverse=True, return_counts=True)
            keys = [(one.directory.name, one.number, row, is_near) for row in rows.tolist()]
            totals = np.array([self._met.get(key, 0) for key in keys], np.int64) + counts
            self._met.update(zip(keys, totals.tolist(), strict=True))
            held[chosen] = (totals > most)[inverse]
        return held

    def _recomputed(self, batch: Batch, one: LiveList, pairs: Pairs) -> dict[tuple[int, int], int]:
        """Distances after a full decode, by place and row; each subject and turn is decoded once in a batch."""
        if self._recompute is None:
            return {}
        near = pairs.take(pairs.method == METHODS.index(Method.NEAR))
        theirs = one.pdq(near.row)
        distances: dict[tuple[int, int], int] = {}
        for place, turn, row, pdq in zip(
            near.subject.tolist(), near.turn.tolist(), near.row.tolist(), theirs, strict=True
        ):
            if (place, turn) not in self._decoded:
                self._decoded[place, turn] = self._recompute(batch.subjects[place].id, batch.turned.names[turn])
            if ours := self._decoded[place, turn]:
                distances[place, row] = (int.from_bytes(ours) ^ int.from_bytes(pdq.tobytes())).bit_count()
        return distances


def _evidence(negative: Sequence[Hit]) -> dict[int, list[tuple[Method, str]]]:
    """What negative lists say, by subject; a contradicted hit says nothing."""
    against: dict[int, list[tuple[Method, str]]] = {}
    for hit in negative:
        if not hit.contradicted:
            against.setdefault(hit.subject, []).append((hit.method, hit.list))
    return against


def _suppressed(hit: Hit, against: dict[int, list[tuple[Method, str]]]) -> Hit:
    """The hit, naming the negative lists that hold its subject by evidence of the same or a stronger class."""
    names = {name for method, name in against.get(hit.subject, ()) if _CLASS[method] <= _CLASS[hit.method]}
    return replace(hit, suppressed_by=tuple(sorted(names))) if names else hit


def _known(batch: Batch, one: LiveList, pairs: Pairs, met: set[int]) -> Iterator[Known]:
    """Marks for contents that no other list knows; one for each content, by the strongest method."""
    first = np.unique(pairs.subject, return_index=True)[1]
    wrong = contradictions(batch, one, pairs)
    for n in first.tolist():
        subject = batch.subjects[int(pairs.subject[n])].id
        if subject not in met and not wrong[n]:
            yield Known(subject, one.info.name, one.info.version, METHODS[int(pairs.method[n])])


def _order(hit: Hit) -> tuple[int, int, int, str, int]:
    return hit.subject, METHODS.index(hit.method), hit.distance or 0, hit.list, hit.row


def _tally(batch: Batch, positive: Sequence[Hit], known: Sequence[Known]) -> Tally:
    best: dict[int, int] = {}
    for hit in positive:
        if not hit.suppressed_by and not hit.contradicted:
            best[hit.subject] = min(_CLASS[hit.method], best.get(hit.subject, _CLASS[Method.NEAR]))
    strongest = list(best.values())
    quiet = {hit.subject for hit in positive if hit.suppressed_by} - {
        hit.subject for hit in positive if not hit.suppressed_by
    }
    return Tally(
        subjects=len(batch.subjects),
        identical=strongest.count(_CLASS[Method.SHA256]),
        md5_only=strongest.count(_CLASS[Method.MD5]),
        near=strongest.count(_CLASS[Method.NEAR]),
        suppressed=len(quiet),
        known_good=len({mark.subject for mark in known}),
        not_near=batch.not_near,
    )
