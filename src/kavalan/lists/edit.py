"""Changing a list while others match against it: add, withdraw, renew, compact."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kavalan.lists.compile import Compiler
from kavalan.lists.errors import ListError, VotesMissingError
from kavalan.lists.indexes import DIGESTS, WIDTHS, matched_near
from kavalan.lists.journal import Add, Change, JournalWriter, Operation, Withdraw
from kavalan.lists.shelf import commit, staging

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from kavalan.lists.info import ListInfo
    from kavalan.lists.live import LiveList
    from kavalan.lists.model import Entry

_CHUNK: Final = 10_000


class Changed(NamedTuple):
    """What a change did.

    Attributes:
        added: entries that joined.
        withdrawn: entries that left.
    """

    added: int
    withdrawn: int


def check_votes(info: ListInfo, votes: Sequence[str]) -> None:
    """Refuse an addition that lacks a vote.

    Raises:
        VotesMissingError: the list asks for two and there are not two different people.
    """
    if info.two_votes and len(set(votes)) < 2:
        raise VotesMissingError(info.name, "additions need the votes of two different people")


class Editor:
    """Changes one list; made by `Catalogue.edit`, which holds the list's lock meanwhile.

    Every call is on disk when it returns, and other processes see it at their next batch.

    Args:
        live: the list, up to date.
        clock: the time, aware.
    """

    def __init__(self, live: LiveList, clock: Callable[[], datetime]) -> None:
        self._live = live
        self._clock = clock

    def add(self, entries: Iterable[Entry], votes: Sequence[str] = ()) -> int:
        """Add entries beside those that are there; how many is returned.

        Args:
            entries: none of them a withdrawal.
            votes: ids of the people who voted for them.

        Raises:
            VotesMissingError: the list asks for two votes.
            ListError: an entry is a withdrawal or can match nothing.
        """
        check_votes(self._live.info, votes)
        count = 0
        pending = iter(entries)
        while chunk := list(islice(pending, _CHUNK)):
            for entry in chunk:
                if entry.withdrawn or not entry.matchable:
                    raise ListError(self._live.info.name, f"entry {entry.position} is a withdrawal or has no hash")
            self._write([Add(entry, tuple(votes)) for entry in chunk])
            count += len(chunk)
        return count

    def withdraw(self, selectors: Iterable[Entry]) -> int:
        """Withdraw entries; how many is returned.

        Args:
            selectors: each names entries by its key, else by equal digests, else by an equal PDQ hash.
        """
        count = 0
        pending = iter(selectors)
        while chunk := list(islice(pending, _CHUNK)):
            count += self._withdraw_rows(selected(self._live, chunk)[1])
        return count

    def apply(self, delta: Iterable[Entry], votes: Sequence[str] = ()) -> Changed:
        """Take over a delivery of changes: withdrawals withdraw, an entry with a known key replaces, others join.

        Args:
            delta: in the order of the delivery; of several with one key the last one counts.
            votes: ids of the people who voted for the delivery.

        Raises:
            VotesMissingError: the list asks for two votes and the delivery adds something.
        """
        added = withdrawn = 0
        pending = iter(delta)
        while chunk := list(islice(pending, _CHUNK)):
            last = {entry.key or number: entry for number, entry in enumerate(chunk)}
            gone = [entry for entry in last.values() if entry.withdrawn]
            new = [entry for entry in last.values() if not entry.withdrawn and entry.matchable]
            withdrawn += self.withdraw(gone)
            if new:
                check_votes(self._live.info, votes)
                rows = [row for entry in new if entry.key for row in self._live.with_key(entry.key)]
                added += self.add(new, votes)
                self._withdraw_rows(np.array(rows, np.int64))
        return Changed(added, withdrawn)

    def change_info(self, info: ListInfo) -> None:
        """Change the list's face; its name stays.

        Raises:
            ListError: the name or the kind is another.
        """
        if (info.name, info.kind) != (self._live.info.name, self._live.info.kind):
            raise ListError(self._live.info.name, "name and kind of a list never change; make another list")
        self._write([Change(info)])

    def compact(self) -> None:
        """Write a new generation without what was withdrawn; the old one and its bytes leave the disk."""
        live = self._live
        with staging(live.directory) as directory:
            compiler = Compiler(directory)
            base = len(live.base.rows)
            rows = np.arange(base + len(live.added))
            living = ~live.gone(rows)
            compiler.copy(live.base, living[:base])
            for entry, stays in zip(live.added, living[base:], strict=True):
                if stays:
                    compiler.add(entry)
            compiler.finish(live.info, self._clock(), live.base.manifest.source)
            commit(live.directory, directory, [])
        live.refresh()

    def _withdraw_rows(self, rows: NDArray[np.int64]) -> int:
        rows = np.unique(rows)
        rows = rows[~self._live.gone(rows)]
        for first in range(0, len(rows), 1 << 20):
            self._write([Withdraw(rows[first : first + (1 << 20)].astype("<i8").tobytes(), self._clock())])
        return len(rows)

    def _write(self, operations: Sequence[Operation]) -> None:
        writer = JournalWriter(self._live.directory / f"journal-{self._live.number}", self._live.number)
        try:
            writer.append(operations)
        finally:
            writer.close()
        self._live.refresh()


def selected(live: LiveList, selectors: Sequence[Entry]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Living rows that selectors name: pairs of selector and row.

    A selector names by its key where it has one, else by any equal digest, else by an equal PDQ hash.
    """
    pairs = [(n, row) for n, one in enumerate(selectors) if one.key is not None for row in live.with_key(one.key)]
    for kind in DIGESTS:
        named = [(n, value) for n, one in enumerate(selectors) if one.key is None and (value := getattr(one, kind))]
        digests = np.frombuffer(b"".join(value for _, value in named), np.uint8).reshape(-1, WIDTHS[kind])
        query, row = live.equal(kind, digests)
        pairs += [(named[int(q)][0], int(r)) for q, r in zip(query, row, strict=True)]
    bare = [(n, one.pdq) for n, one in enumerate(selectors) if one.pdq and not _by_digest(one)]
    pairs += _by_pdq(live, bare)
    both = np.array(sorted(set(pairs)), np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _by_digest(entry: Entry) -> bool:
    return entry.key is not None or any(getattr(entry, kind) for kind in DIGESTS)


def _by_pdq(live: LiveList, bare: Sequence[tuple[int, bytes]]) -> list[tuple[int, int]]:
    """Equal PDQ hashes: through the index where it has them, else by reading the column."""
    if not bare:
        return []
    values = np.frombuffer(b"".join(pdq for _, pdq in bare), np.uint8).reshape(-1, 32)
    found = live.near(values, 0)
    pairs = [(bare[int(q)][0], int(r)) for q, r in zip(found.query, found.row, strict=True)]
    indexed = matched_near(values, np.full(len(values), -1, np.int8))
    for n, pdq in (one for one, here in zip(bare, indexed, strict=True) if not here):
        pairs += [(n, row) for row in live.with_pdq(pdq)]
    return pairs
