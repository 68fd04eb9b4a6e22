"""One list as it is at this moment: its generation, what was added since, less what was withdrawn.

`refresh` costs two small reads when nothing has changed, so it is called before every batch; there is nothing to
subscribe to.
"""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING, Final

import msgspec
import numpy as np

from kavalan.lists import disk, journal
from kavalan.lists.errors import DamagedError, MovedError, UnknownListError
from kavalan.lists.generation import Generation
from kavalan.lists.indexes import WIDTHS, Column, Indexes, Near
from kavalan.lists.rows import KINDS, NO_HEAP, ROW, row_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from kavalan.lists.info import ListInfo
    from kavalan.lists.model import Entry

CURRENT: Final = "CURRENT"
LOCK: Final = "lock"
LOCK_WAIT: Final = 120.0
_TRIES: Final = 50
_BLOCK: Final = 1 << 20


def current_number(directory: Path) -> int | None:
    """The number of the generation in force, None where there is no list.

    Raises:
        DamagedError: `CURRENT` does not name one.
    """
    try:
        text = (directory / CURRENT).read_text("ascii")
    except FileNotFoundError:
        return None
    name, _, number = text.strip().partition("-")
    if name != "gen" or not number.isdecimal():
        raise DamagedError(directory / CURRENT, "names no generation; restore the list from its source")
    return int(number)


class LiveList:
    """Follows one list. Not for several threads at once.

    Args:
        directory: `lists/NAME`.
        fixed: a generation to be looked at by itself, without journal; such a list is not refreshed.
        pinned: the state to keep to, as `state` names it, whatever is changed later.

    Raises:
        UnknownListError: there is no such list.
        MovedError: it has no such state, or not any more.
        DamagedError: its bytes are not what was written.
    """

    def __init__(self, directory: Path, fixed: Generation | None = None, pinned: str | None = None) -> None:
        self.directory = directory
        self.number = 0
        self._pinned = pinned
        if fixed is None:
            self.refresh()
        else:
            self._begin(fixed, 0)

    def refresh(self) -> bool:
        """Take in what other processes have changed; whether there was anything.

        Raises:
            UnknownListError: the list was removed.
            DamagedError: its bytes are not what was written.
        """
        if self._pinned is not None:
            return self._pin(self._pinned)
        for _ in range(_TRIES):
            number = current_number(self.directory)
            if number is None:
                raise UnknownListError(self.directory.name, "there is no such list")
            try:
                if number != self.number:
                    self._begin(Generation(self.directory / f"gen-{number}"), number)
                    self._follow()
                    return True
                return self._follow()
            except FileNotFoundError:
                self.number = 0  # a newer generation took its place between two reads
                time.sleep(0.01)
        raise DamagedError(self.directory, "the generation in force is not there; restore the list from its source")

    def _pin(self, state: str) -> bool:
        """Take in one state and no more; whether that had still to be done."""
        if self.number:
            return False
        generation, _, changes = state.partition("+")
        number = current_number(self.directory)
        moved = MovedError(self.directory.name, f"has no longer the state {state}; begin anew with its present one")
        if number is None or generation != f"gen-{number}" or not changes.isdecimal():
            raise moved
        try:
            self._begin(Generation(self.directory / generation), number)
            self._follow(int(changes))
        except FileNotFoundError:
            raise moved from None
        if self.state != state:
            raise moved
        return True

    @property
    def state(self) -> str:
        """Names the exact content: generation and number of changes since."""
        return f"gen-{self.number}+{self.sequence}"

    def sha256(self) -> str:
        """Names the exact content wherever it lies: digest of its generation's files and of the changes since, hex.

        Lists that were compiled of one file at two places, and not changed since, have the same.
        """
        digest = hashlib.sha256(msgspec.json.encode(sorted(self.base.manifest.files.items())))
        with (self.directory / f"journal-{self.number}").open("rb") as stream:
            stream.seek(min(journal.HEADER_BYTES, self._offset))
            left = self._offset - stream.tell()
            while left and (piece := stream.read(min(left, _BLOCK))):
                digest.update(piece)
                left -= len(piece)
        return digest.hexdigest()

    def __len__(self) -> int:
        return len(self.base.rows) + len(self.added) - int(self._gone.sum())

    def gone(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of some rows are withdrawn."""
        return self._gone[rows]

    def living(self) -> NDArray[np.int64]:
        """All rows that are not withdrawn."""
        return np.flatnonzero(~self._gone)

    def records(self, rows: NDArray[np.int64]) -> NDArray[np.void]:
        """The fixed records of some rows; those of added entries have no heap and no categories in them."""
        records = np.empty(len(rows), ROW)
        old = rows < len(self.base.rows)
        records[old] = self.base.rows[rows[old]]
        records[~old] = self._records[rows[~old] - len(self.base.rows)]
        return records

    def entries(self, rows: NDArray[np.int64]) -> Iterator[Entry]:
        """The entries at some rows, in the order of `rows`."""
        count = len(self.base.rows)
        old = self.base.entries(rows[rows < count])
        for row in rows:
            yield next(old) if row < count else self.added[int(row) - count]

    def pdq(self, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        """The PDQ hashes of rows that have one, (n, 32)."""
        values = np.empty((len(rows), 32), np.uint8)
        count = len(self.base.rows)
        old = rows < count
        values[old] = self.base.pdq(rows[old])
        new = [self.added[int(row) - count].pdq or bytes(32) for row in rows[~old]]
        values[~old] = np.frombuffer(b"".join(new), np.uint8).reshape(-1, 32)
        return values

    def equal(self, kind: str, digests: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Pairs of query and living row whose digests are equal; see `Indexes.equal`."""
        pairs = [indexes.equal(kind, digests) for indexes in self._indexes()]
        query, row = (np.concatenate(part) for part in zip(*pairs, strict=True))
        stays = ~self._gone[row]
        return query[stays], row[stays]

    def near(self, hashes: NDArray[np.uint8], radius: int) -> Near:
        """Pairs of query and living row within a radius; see `Indexes.near`."""
        found = [indexes.near(hashes, radius) for indexes in self._indexes()]
        query, row, distance = (np.concatenate(part) for part in zip(*found, strict=True))
        stays = ~self._gone[row]
        return Near(query[stays], row[stays], distance[stays])

    def with_key(self, key: str) -> list[int]:
        """Living rows that have this key."""
        rows = self.base.with_key(key) + self._keys.get(key, [])
        return [row for row in rows if not self._gone[row]]

    def with_pdq(self, pdq: bytes) -> list[int]:
        """Living rows that have exactly this PDQ hash, those that are not matched by distance among them."""
        wanted = np.frombuffer(pdq, np.uint8)
        column = self.base.columns["pdq"]
        rows = [int(row) for row in column.rows[_equal_rows(column.values, wanted)]]
        rows += [len(self.base.rows) + n for n, entry in enumerate(self.added) if entry.pdq == pdq]
        return [row for row in rows if not self._gone[row]]

    def _begin(self, generation: Generation, number: int) -> None:
        self.base = generation
        self.info: ListInfo = self.base.manifest.info
        self.added: list[Entry] = []
        self.sequence = 0
        self._offset = 0
        self._gone = np.zeros(len(self.base.rows), np.bool_)
        self._records = np.empty(0, ROW)
        self._keys: dict[str, list[int]] = {}
        self._blocks: list[tuple[int, Indexes]] = []
        self.number = number

    def _follow(self, last: int | None = None) -> bool:
        path = self.directory / f"journal-{self.number}"
        if path.stat().st_size == self._offset:
            return False
        found = journal.read(path, self.number, self._offset, self.sequence, last)
        if found.damaged:
            # A writer may have been cutting off an unfinished record just then; holding its lock, nobody is.
            with disk.locked(self.directory / LOCK, LOCK_WAIT):
                found = journal.read(path, self.number, self._offset, self.sequence, last)
            if found.damaged:
                raise DamagedError(path, f"damaged at byte {found.offset}; restore the list from its source")
        for operation in found.operations:
            self._apply(operation)
        self._index_added()
        self._offset = found.offset
        self.sequence = found.sequence
        return bool(found.operations)

    def _apply(self, operation: journal.Operation) -> None:
        match operation:
            case journal.Add(entry=entry):
                if entry.key is not None:
                    self._keys.setdefault(entry.key, []).append(len(self.base.rows) + len(self.added))
                self.added.append(entry)
            case journal.Withdraw(rows=rows):
                self._grow()
                self._gone[np.frombuffer(rows, "<i8")] = True
            case journal.Change(info=info):
                self.info = info

    def _grow(self) -> None:
        missing = len(self.base.rows) + len(self.added) - len(self._gone)
        self._gone = np.concatenate([self._gone, np.zeros(missing, np.bool_)]) if missing else self._gone

    def _index_added(self) -> None:
        """Index what is new, together with earlier blocks that are not much larger."""
        self._grow()
        first = len(self._records)
        if first == len(self.added):
            return
        new = [row_of(entry, NO_HEAP, 0) for entry in self.added[first:]]
        self._records = np.concatenate([self._records, np.array(new, ROW)])
        while self._blocks and first - self._blocks[-1][0] < 4 * (len(self.added) - first):
            first, _ = self._blocks.pop()
        columns = columns_of(self.added[first:], len(self.base.rows) + first)
        quality = self._records["quality"][columns["pdq"].rows.astype(np.int64) - len(self.base.rows)]
        self._blocks.append((first, Indexes.build(columns, quality)))

    def _indexes(self) -> list[Indexes]:
        return [self.base.indexes, *(indexes for _, indexes in self._blocks)]


def columns_of(entries: Sequence[Entry], first_row: int) -> dict[str, Column]:
    """The fingerprints of entries by kind, their rows numbered from `first_row`."""
    columns = {}
    for kind in KINDS:
        prints: list[bytes | None] = [getattr(entry, kind) for entry in entries]
        pairs = [(row, value) for row, value in enumerate(prints, first_row) if value]
        values = np.frombuffer(b"".join(value for _, value in pairs), np.uint8).reshape(-1, WIDTHS[kind])
        columns[kind] = Column(np.array([row for row, _ in pairs], np.uint32), values)
    return columns


def _equal_rows(values: NDArray[np.uint8], wanted: NDArray[np.uint8]) -> NDArray[np.int64]:
    blocks = [(first, values[first : first + _BLOCK]) for first in range(0, max(len(values), 1), _BLOCK)]
    return np.concatenate([first + np.flatnonzero((block == wanted).all(axis=1)) for first, block in blocks])
