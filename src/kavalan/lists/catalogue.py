"""All lists of a workspace: made from their owners' files, shown, checked, and opened for matching."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import msgspec
import numpy as np

from kavalan.lists import disk, journal
from kavalan.lists.compile import Compiler
from kavalan.lists.edit import Editor, check_votes, selected
from kavalan.lists.errors import BusyError, ListError, UnknownListError
from kavalan.lists.generation import Generation, Manifest, Source, file_sha256
from kavalan.lists.hits import Limits
from kavalan.lists.info import ListInfo, check_name
from kavalan.lists.live import CURRENT, LOCK, LOCK_WAIT, LiveList, current_number
from kavalan.lists.matcher import Matcher
from kavalan.lists.model import Entry
from kavalan.lists.readers import Report
from kavalan.lists.rows import NO_TIME, microseconds
from kavalan.lists.shelf import commit, staging, sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from kavalan.lists.matcher import Recompute
    from kavalan.lists.readers import Reader

_CHUNK: Final = 10_000
_LENGTH: Final = 4


def utc_now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Status:
    """A list as it is now.

    Attributes:
        info: its face.
        state: generation and number of changes since.
        entries: living ones.
        added: since it was compiled.
        withdrawn: since it was compiled; their bytes leave the disk at the next compaction.
        sha256: of exactly this content, wherever it lies, in hex.
        manifest: of its generation: what it was compiled from, and what was left behind.
    """

    info: ListInfo
    state: str
    entries: int
    added: int
    withdrawn: int
    sha256: str
    manifest: Manifest


class Catalogue:
    """The lists under one directory.

    Args:
        root: `lists/` of the workspace; made if absent.
        clock: the time, aware.
    """

    def __init__(self, root: Path, clock: Callable[[], datetime] = utc_now) -> None:
        self._root = root
        self._clock = clock
        root.mkdir(parents=True, exist_ok=True)

    def names(self) -> list[str]:
        """All lists, in order."""
        return sorted(path.parent.name for path in self._root.glob(f"*/{CURRENT}"))

    def create(self, info: ListInfo) -> None:
        """Make an empty list, to be filled by `edit`.

        Raises:
            ListError: there is one of this name.
        """
        with self._new_generation(info) as (shelf, directory), disk.locked(shelf / LOCK, LOCK_WAIT):
            if current_number(shelf) is not None:
                raise ListError(info.name, "there is a list of this name already")
            Compiler(directory).finish(info, self._clock(), Source())
            commit(shelf, directory, [])

    def load(
        self,
        info: ListInfo,
        reader: Reader,
        path: Path,
        *,
        votes: Sequence[str] = (),
        progress: Callable[[int, int], None] | None = None,
    ) -> Report:
        """Make a list of its owner's file, or replace it by a new delivery; nothing changes unless all of it is read.

        What others withdraw from the list or add to it meanwhile is carried over.

        Args:
            info: the face of the list.
            reader: for the file.
            path: the file.
            votes: ids of the people who voted for this delivery.
            progress: told bytes read and bytes of the file.

        Raises:
            ListError: the file cannot be read to its end, the reader's format makes no list of this kind, or votes
            are missing.
        """
        if info.kind not in reader.kinds:
            raise ListError(info.name, f"no {info.kind} list is ever made of the format {reader.format}")
        check_votes(info, votes)
        report = Report()
        with self._new_generation(info) as (shelf, directory):
            before = self._position(shelf)
            with (directory / "withdrawn").open("w+b") as withdrawals:
                compiler = Compiler(_made(directory / "all"))
                for entry in reader.read(path, report, progress):
                    if entry.withdrawn:
                        _spool(withdrawals, entry)
                    else:
                        compiler.add(entry)
                source = _source(reader, path, report, votes)
                generation = compiler.finish(info, self._clock(), source)
                generation = self._without(generation, withdrawals, directory)
            with disk.locked(shelf / LOCK, LOCK_WAIT):
                late = self._late(shelf, before, generation)
                commit(shelf, generation.directory, late)
        return report

    @contextmanager
    def edit(self, name: str, wait: float = LOCK_WAIT) -> Iterator[Editor]:
        """Change a list: `with catalogue.edit("name") as editor`.

        Args:
            name: of the list.
            wait: seconds to wait for another process that is changing it.

        Raises:
            UnknownListError: there is no such list.
            BusyError: another process changes it for longer.
        """
        shelf = self._shelf(name)
        with disk.locked(shelf / LOCK, wait):
            yield Editor(LiveList(shelf), self._clock)

    def status(self, name: str) -> Status:
        """A list as it is now.

        Raises:
            UnknownListError: there is no such list.
            DamagedError: its bytes are not what was written.
        """
        live = LiveList(self._shelf(name))
        gone = len(live.base.rows) + len(live.added) - len(live)
        return Status(live.info, live.state, len(live), len(live.added), gone, live.sha256(), live.base.manifest)

    def verify(self, name: str, progress: Callable[[int, int], None] | None = None) -> None:
        """Read every byte of a list and compare it with what was written.

        Args:
            name: of the list.
            progress: told bytes done and bytes to do.

        Raises:
            UnknownListError: there is no such list.
            DamagedError: its bytes are not what was written.
        """
        LiveList(self._shelf(name)).base.verify(progress)

    def copy(self, name: str, into: Path) -> Status:
        """Copy a list as it is now to where another catalogue lies, which has none of this name.

        Args:
            name: of the list.
            into: the root of the other catalogue.

        Raises:
            UnknownListError: there is no such list.
            LapsedError: its agreement has ended: there is nothing left that it may be copied for.
            ListError: the other catalogue has a list of this name.
        """
        shelf, copy = self._shelf(name), into / name
        if (copy / CURRENT).exists():
            raise ListError(name, f"there is a list of this name in {into} already")
        with disk.locked(shelf / LOCK, LOCK_WAIT):
            live = LiveList(shelf)
            live.info.check_ended(self._clock())
            generation = f"gen-{live.number}"
            disk.copy(shelf / generation, copy / generation)
            disk.copy(shelf / f"journal-{live.number}", copy / f"journal-{live.number}")
        disk.write_atomic(copy / CURRENT, f"{generation}\n".encode())
        return Catalogue(into, self._clock).status(name)

    @contextmanager
    def still(self, name: str) -> Iterator[list[Path]]:
        """Keep everybody from changing a list while the block runs; yields the files that make it up.

        Whoever copies them opens them in the block and may read on after it, each as long as it was.

        Args:
            name: of the list.

        Raises:
            UnknownListError: there is no such list.
            BusyError: another process changes it for long.
            DamagedError: it names no generation.
        """
        shelf = self._shelf(name)
        with disk.locked(shelf / LOCK, LOCK_WAIT):
            number = current_number(shelf)
            yield [*sorted((shelf / f"gen-{number}").iterdir()), shelf / f"journal-{number}", shelf / CURRENT]

    def remove(self, name: str) -> None:
        """Remove a list and all its bytes.

        Raises:
            UnknownListError: there is no such list.
        """
        shelf = self._shelf(name)
        with disk.locked(shelf / LOCK, LOCK_WAIT):
            disk.remove(shelf / CURRENT)
            disk.sync_directory(shelf)
            sweep(shelf)
            disk.remove(shelf)

    def open(
        self,
        names: Sequence[str],
        unit: str | None = None,
        *,
        limits: Limits = Limits(),  # noqa: B008 -- immutable
        recompute: Recompute | None = None,
        states: Mapping[str, str] | None = None,
    ) -> Matcher:
        """Open lists for matching; they are followed from then on.

        Args:
            names: of the lists.
            unit: who matches; agreements may name units.
            limits: see `Limits`.
            recompute: gives the PDQ of a subject after a full decode as the reference does it.
            states: of lists that are to be matched in just this state (`Status.state`) and not followed, by name.

        Raises:
            UnknownListError: there is no such list.
            MovedError: a list has not the state that is asked for, or not any more.
            LapsedError: the agreement of one has ended.
            NotAgreedError: the agreement of one does not name the unit.
            DamagedError: the bytes of one are not what was written.
        """
        lists = [LiveList(self._shelf(name), pinned=(states or {}).get(name)) for name in names]
        for one in lists:
            one.info.check_use(self._clock(), unit)
        return Matcher(lists, clock=self._clock, unit=unit, limits=limits, recompute=recompute)

    def _shelf(self, name: str) -> Path:
        check_name(name)
        shelf = self._root / name
        if current_number(shelf) is None:
            raise UnknownListError(name, "there is no such list")
        return shelf

    @contextmanager
    def _new_generation(self, info: ListInfo) -> Iterator[tuple[Path, Path]]:
        shelf = self._root / info.name
        shelf.mkdir(exist_ok=True)
        disk.sync_directory(self._root)
        with staging(shelf) as directory:
            yield shelf, directory

    def _position(self, shelf: Path) -> tuple[int, int] | None:
        if current_number(shelf) is None:
            return None
        live = LiveList(shelf)
        return live.number, live.sequence

    def _without(self, generation: Generation, withdrawals: BinaryIO, directory: Path) -> Generation:
        """The generation less what its own file takes back, unless the owner changed an entry later than that."""
        kept = np.ones(len(generation.rows), np.bool_)
        live = LiveList(directory, generation)
        for chunk in _spooled(withdrawals):
            selector, row = selected(live, chunk)
            times = [NO_TIME if one.updated is None else microseconds(one.updated) for one in chunk]
            taken = np.array(times, np.int64)[selector]
            kept[row[(taken == NO_TIME) | (generation.rows["updated"][row] <= taken)]] = False
        if kept.all():
            return generation
        compiler = Compiler(_made(directory / "kept"))
        compiler.copy(generation, kept)
        return compiler.finish(generation.manifest.info, self._clock(), generation.manifest.source)

    def _late(self, shelf: Path, before: tuple[int, int] | None, new: Generation) -> list[journal.Operation]:
        """What was changed since `before`, said for the new generation."""
        number = current_number(shelf)
        if number is None:
            return []
        if before is None or before[0] != number:
            raise BusyError(shelf.name, "the list was replaced or compacted meanwhile; load it again")
        live = LiveList(shelf)
        operations = journal.read(shelf / f"journal-{number}", number).operations[before[1] :]
        rows = [np.frombuffer(op.rows, "<i8") for op in operations if isinstance(op, journal.Withdraw)]
        gone = list(live.entries(np.concatenate(rows).astype(np.int64))) if rows else []
        left = set(gone)
        taken = np.unique(selected(LiveList(shelf, new), gone)[1])
        late: list[journal.Operation] = []
        if len(taken):
            late.append(journal.Withdraw(taken.astype("<i8").tobytes(), self._clock()))
        return late + [op for op in operations if isinstance(op, journal.Add) and op.entry not in left]


def _made(directory: Path) -> Path:
    directory.mkdir()
    return directory


def _source(reader: Reader, path: Path, report: Report, votes: Sequence[str]) -> Source:
    return Source(
        format=reader.format,
        sha256=file_sha256(path),
        faulty=report.faulty,
        faults=tuple(report.faults),
        refused=dict(report.refused),
        skipped=dict(report.skipped),
        withdrawn=report.withdrawals,
        votes=tuple(votes),
    )


def _spool(file: BinaryIO, entry: Entry) -> None:
    data = msgspec.msgpack.encode(entry)
    file.write(len(data).to_bytes(_LENGTH, "little") + data)


def _spooled(file: BinaryIO) -> Iterator[list[Entry]]:
    """What was spooled, in chunks."""
    file.seek(0)
    decoder = msgspec.msgpack.Decoder(Entry)
    chunk: list[Entry] = []
    while length := file.read(_LENGTH):
        chunk.append(decoder.decode(file.read(int.from_bytes(length, "little"))))
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
