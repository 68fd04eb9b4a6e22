"""A whole scan: from what a person asks to the facts of its end, stopped and taken up at any moment."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
import polars as pl
from msgspec.structs import replace

from kavalan.fingerprint import Fingerprinter, Reading
from kavalan.lists import Catalogue
from kavalan.scan.batch import Batch, last_path
from kavalan.scan.ending import facts_of, stopped
from kavalan.scan.errors import OutputError, RefusedError, StoppedError
from kavalan.scan.facts import ScanFacts
from kavalan.scan.hits import Found, HitFinder
from kavalan.scan.layout import HITS, batch_path, hits_path
from kavalan.scan.plan import Asked, Plan
from kavalan.scan.position import Position
from kavalan.scan.request import ScanRequest, check_request, settled
from kavalan.scan.rows import Rows, Summed, most_rows, summed
from kavalan.scan.run import row_of
from kavalan.scan.second import SecondLook
from kavalan.scan.seen import Seen
from kavalan.scan.state import Held, State, holding, read_state, write_state
from kavalan.scan.tables import intact, output_errors, write_table
from kavalan.scan.triage import passes
from kavalan.scan.watch import SourceWatch
from kavalan.sources import Item, Source, open_source

_KEEP_SECONDS: Final = 60.0
_KEY: Final = "kavalan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What a scan is told, and tells, while it runs.

    Attributes:
        clock: the time, aware UTC.
        tell: called after every item and every batch.
        stopping: whether it should stop; asked before every item.
        finish: writes results from the finished batches, at the end and where the scan has stopped.
    """

    clock: Callable[[], datetime]
    tell: Callable[[Position], None]
    stopping: Callable[[], bool]
    finish: Callable[[Path, ScanFacts], None]


def run_scan(request: ScanRequest, catalogue: Catalogue | None, outside: Outside) -> ScanFacts:
    """Scan a source, or go on with a scan that has stopped; of one that is complete, only say so.

    Memory: one batch, what the source needs, and the indexes of the lists, which are mapped.

    Args:
        request: what is asked.
        catalogue: of the lists; None where none is named.
        outside: see there.

    Returns:
        The facts, with `end` saying whether it is complete.

    Raises:
        RefusedError: it was not begun.
        kavalan.sandbox.StartError: no worker can be started.
    """
    check_request(request)
    with holding(request.out) as held, ExitStack() as stack:
        fingerprinter = Fingerprinter(workers=request.workers, rotations=True)
        try:
            source = stack.enter_context(open_source(request.source))
            plan = settled(request, catalogue, fingerprinter.parameters, source.limits, outside.clock())
            scan = _Scan(request, plan, outside, held, _means(request, plan, catalogue, stack))
        except OSError as error:
            raise RefusedError(str(error)) from error
        return scan.run(source, fingerprinter, catalogue)


class _Means(NamedTuple):
    """What a run needs besides a source and a fingerprinter."""

    asked: Asked
    finder: HitFinder | None
    seen: Seen
    watch: SourceWatch


class _Scan:
    """One run. What survives it is in the folder."""

    def __init__(
        self,
        request: ScanRequest,
        plan: Plan,
        outside: Outside,
        held: Held,
        means: _Means,
    ) -> None:
        self._request = request
        self._plan = plan
        self._asked = means.asked
        self._outside = outside
        self._held = held
        self._out = request.out
        self._position = Position()
        self._finder = means.finder
        self._seen = means.seen
        self._watch = means.watch
        self._rows = Rows(self._out, 1, 0, self._seen.met)
        self._kept = time.monotonic()
        self._interrupted = False

    def run(self, source: Source, fingerprinter: Fingerprinter, catalogue: Catalogue | None) -> ScanFacts:
        """Do what is left, and say how it ended."""
        before = read_state(self._out)
        if before is not None and before.state == "complete":
            self._take_up()
            return facts_of(self._request, self._plan, before, self._position, catalogue)
        with fingerprinter:
            granted = fingerprinter.confinement
            state = State(
                state="running",
                runs=(before.runs if before else 0) + 1,
                started=self._asked.started,
                updated=self._outside.clock(),
                sandbox=str(granted),
                sandbox_complete=granted.complete,
            )
            write_state(self._out, state)
            state = self._guarded(state, source, fingerprinter)
        return self._finished(state, catalogue)

    def _guarded(self, state: State, source: Source, fingerprinter: Fingerprinter) -> State:
        """The state at the end; also of an end that nobody foresaw."""
        try:
            self._scan(state, source, fingerprinter)
        except StoppedError as error:
            return self._stopped(state, str(error))
        except KeyboardInterrupt:
            return self._stopped(state, "it was interrupted")
        except BaseException as error:
            why = str(error) if isinstance(error, RefusedError) else f"internal error: {error}"
            with suppress(OutputError):
                write_state(self._out, self._stopped(state, why))
            raise
        done = self._standing(state)
        return replace(done, state="complete", updated=self._outside.clock())

    def _stopped(self, state: State, why: str) -> State:
        return stopped(self._standing(state), why, self._outside.clock())

    def _standing(self, state: State) -> State:
        return replace(state, batches=self._position.batches, items=self._position.finished)

    def _finished(self, state: State, catalogue: Catalogue | None) -> ScanFacts:
        """Write results and the last state; results that cannot be written make a complete scan a stopped one."""
        facts = facts_of(self._request, self._plan, state, self._position, catalogue)
        try:
            self._held.check()
            with output_errors(self._out):
                self._outside.finish(self._out, facts)
        except OutputError as error:
            if state.why is None:
                state = self._stopped(state, str(error))
        with suppress(OutputError):  # the caller says what could not be written down
            write_state(self._out, state)
        return facts_of(self._request, self._plan, state, self._position, catalogue)

    def _scan(self, state: State, source: Source, fingerprinter: Fingerprinter) -> None:
        after = self._take_up()
        parts = passes(self._asked.profile, self._asked.triage_at)
        try:
            for part in range(self._rows.part, len(parts)):
                self._rows.part = part
                self._pass(state, source, source.items(after, parts[part]), fingerprinter)
                after = None
        except (NotADirectoryError, FileNotFoundError) as error:
            raise StoppedError(_gone(str(error))) from error
        finally:
            # Nothing where the last batch was written. Where nothing can be written, that has been said.
            with suppress(OutputError):
                self._keep(source)

    def _take_up(self) -> bytes | None:
        """Count what earlier runs finished, match what they did not, and say behind which item to go on."""
        number, last = 1, None
        while (path := batch_path(self._out, number)).exists():
            last = summed(path)
            self._position.resumed(last)
            self._position.batch(last, self._found_before(number, last))
            number += 1
        self._rows = self._fresh(number, last.part if last else 0)
        if (left := self._rows.resume()) is not None:
            self._position.resumed(left[1])
            return left[0]
        return last_path(Batch(number - 1, batch_path(self._out, number - 1), 0, b"")) if last else None

    def _found_before(self, number: int, sums: Summed) -> Found:
        path, batch = hits_path(self._out, number), batch_path(self._out, number)
        if not path.exists():
            with intact(batch):
                frame = pl.read_parquet(batch)
            return self._match(number, frame, self._position.items - sums.items + 1)
        with intact(path):
            if self._finder is not None:
                self._finder.recall(path)
            return msgspec.json.decode(pl.read_parquet_metadata(path)[_KEY], type=Found)

    def _pass(self, state: State, source: Source, items: Iterator[Item], fingerprinter: Fingerprinter) -> None:
        with closing(fingerprinter.read(self._until_stopped(items), self._seen.decoded)) as readings:
            for reading in readings:
                self._take(reading)
                if len(self._rows) >= most_rows(self._rows.number, self._plan.batch_rows):
                    self._flush(state, source)
                elif time.monotonic() - self._kept > _KEEP_SECONDS:
                    self._keep(source)
        if self._interrupted:
            raise StoppedError("it was asked to stop")
        self._check_source()
        if len(self._rows):
            self._flush(state, source)

    def _until_stopped(self, items: Iterator[Item]) -> Iterator[Item]:
        for item in items:
            if self._outside.stopping():
                self._interrupted = True
                return
            yield item

    def _take(self, reading: Reading[Item]) -> None:
        row = row_of(reading)
        item, found = reading.item, reading.fingerprint
        if row.error is not None:
            self._check_source()
        elif item.container is None:
            self._watch.read_well(item.path)
        self._rows.add(row)
        size = found.size if found else 0
        self._position.item(item.path, size, unread=row.error is not None, top=item.container is None)
        self._outside.tell(self._position)

    def _check_source(self) -> None:
        """A fault of one file is a row; that of the whole source must not become one."""
        if (why := self._watch.gone()) is not None:
            raise StoppedError(_gone(why))

    def _flush(self, state: State, source: Source) -> None:
        self._held.check()
        self._rows.hear(source.mentions())
        frame, sums = self._rows.write()
        found = self._match(sums.number, frame, self._position.items - sums.items + 1)
        self._rows.forget()
        self._position.batch(sums, found)
        write_state(self._out, replace(self._standing(state), updated=self._outside.clock()))
        self._rows = self._fresh(sums.number + 1, sums.part)
        self._kept = time.monotonic()
        self._outside.tell(self._position)

    def _keep(self, source: Source) -> None:
        self._held.check()
        self._rows.hear(source.mentions())
        self._rows.keep()
        self._kept = time.monotonic()

    def _match(self, number: int, frame: pl.DataFrame, first: int) -> Found:
        table, found = (pl.DataFrame(schema=HITS), Found())
        if self._finder is not None:
            table, found = self._finder.find(frame, first)
        write_table(hits_path(self._out, number), table, {_KEY: msgspec.json.encode(found).decode()})
        return found

    def _fresh(self, number: int, part: int) -> Rows:
        return Rows(self._out, number, part, self._seen.met)


def _means(request: ScanRequest, plan: Plan, catalogue: Catalogue | None, stack: ExitStack) -> _Means:
    asked = plan.asked
    if asked is None:
        raise RefusedError(f"{request.out} holds a scan of another verb; name an empty folder")
    finder = _finder(request, asked, catalogue, stack)
    seen = Seen(request.out, request.seen_before, asked.seen_before)
    stack.callback(seen.close)
    return _Means(asked, finder, seen, SourceWatch(request.source))


def _finder(request: ScanRequest, asked: Asked, catalogue: Catalogue | None, stack: ExitStack) -> HitFinder | None:
    if catalogue is None or not asked.lists:
        return None
    again = None
    if asked.profile == "full" and request.source.is_dir():
        again = SecondLook(request.source)
        stack.callback(again.close)
    return HitFinder(catalogue, asked.lists, asked.unit, asked.radius, again)


def _gone(why: str) -> str:
    return f"the source is gone ({why}): bring it back and start the same scan again"
