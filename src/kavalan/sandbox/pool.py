"""A pool of workers that run one task over many items."""

from __future__ import annotations

import os
import selectors
import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from kavalan.sandbox.errors import SandboxError, StartError
from kavalan.sandbox.limits import Limits
from kavalan.sandbox.outcome import Outcome
from kavalan.sandbox.process import Process
from kavalan.sandbox.source import Source, descriptor
from kavalan.sandbox.wire import REQUEST_BYTES, Setup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType
    from typing import Self

    from kavalan.sandbox.confinement import Confinement

Q = TypeVar("Q", bound=msgspec.Struct)
R = TypeVar("R", bound=msgspec.Struct)

# Workers in a row that may end before they take an item; they would be replaced for ever.
_STILLBORN = 5
# Outcomes that may wait for a slower one before them.
_WINDOW = 256


@dataclass(slots=True, eq=False)
class _Place(Generic[R]):
    """An item's place in the order of the input."""

    outcome: Outcome[R] | None = None


class Pool(Generic[Q, R]):
    """Workers in their own confined processes, each running one task over one item at a time.

    A task is a module-level function `(source: BinaryIO, request: Q) -> R`, or a generator of `R`; what it needs is
    imported at the top of its module, before the worker is confined. An exception it raises is its item's outcome.

        with Pool("kavalan.fingerprint.task:fingerprint", Request, Fingerprint, workers=2) as pool:
            for outcome in pool.map(items()):
                ...

    A pool belongs to the thread that enters it (the kernel kills a worker when the thread that started it ends) and
    runs one `map` or `run` at a time.
    """

    def __init__(
        self, task: str, request_type: type[Q], record_type: type[R], *, workers: int = 1, limits: Limits | None = None
    ) -> None:
        """Describe the pool; workers start when it is entered.

        Args:
            task: `package.module:function`; only workers import it.
            request_type: a struct at the top of a module; what a task is told about an item.
            record_type: what it answers; everything a worker sends is checked against this type.
            workers: processes.
            limits: what a worker and an item may use.
        """
        self._task = task
        self._request_type = f"{request_type.__module__}:{request_type.__qualname__}"
        self._records = msgspec.msgpack.Decoder(record_type)
        self._encode = msgspec.msgpack.Encoder().encode
        self._size = workers
        self._limits = limits or Limits()
        self._processes: list[Process[R]] = []
        self._places: dict[Process[R], _Place[R]] = {}
        self._confinement: Confinement | None = None
        self._thread = 0
        self._mapping = False
        self._stillborn = 0

    def __enter__(self) -> Self:
        """Start the workers and wait until each is ready.

        Raises:
            StartError: they cannot; the text names the cause.
        """
        self._thread = threading.get_ident()
        self._selector = selectors.DefaultSelector()
        try:
            for _ in range(self._size):
                self._add()
            while not all(process.idle for process in self._processes):
                self._wait()
        except BaseException:
            self._close()
            raise
        self._confinement = self._processes[0].confinement
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Kill the workers; they hold nothing that could be lost."""
        self._close()

    @property
    def confinement(self) -> Confinement:
        """What the kernel granted the workers; every report that rests on the pool's answers carries its text."""
        if self._confinement is None:
            raise SandboxError("the pool is not entered yet, so no worker has said what the kernel grants")
        return self._confinement

    def run(self, source: Source, request: Q) -> Outcome[R]:
        """Run the task over one item.

        Raises:
            SourceError: the source is neither a file nor a pipe.
            StartError: no worker can be started any more.
        """
        (outcome,) = self.map(((source, request),))
        return outcome

    def map(self, items: Iterable[tuple[Source | None, Q]]) -> Iterator[Outcome[R]]:
        """Run the task over many items, as many at a time as there are workers.

        Outcomes come in the order of the items, so that the caller can keep its own list of what it sent and its
        place in a long scan. At most 256 of them wait behind a slow item before the pool stops taking new ones.

        Items are asked for one at a time, the next one as soon as the last was handed over. A generator may therefore
        open a file, yield it, go on reading it while a worker decodes it, and close it: one file is open at a time,
        however many there are.

        Args:
            items: pairs of an open file, or its descriptor, and a request of at most 64 KiB. An item without a source
                needs no worker: it keeps its place and is answered with no records, so that a caller who decodes some
                items and not others still has one order.

        Raises:
            SourceError: an item's source is neither a file nor a pipe.
            StartError: a worker had to be replaced and none can be started.
            SandboxError: the pool is not open, not this thread's, or already mapping.
        """
        self._claim()
        try:
            yield from self._mapped(iter(items))
        finally:
            self._mapping = False
            for process in tuple(self._places):
                self._replace(process)

    def _claim(self) -> None:
        if not self._processes:
            raise SandboxError("the pool is closed: use it as a context manager, inside its with block")
        if self._thread != threading.get_ident():
            raise SandboxError("a pool belongs to the thread that entered it; make one per thread")
        if self._mapping:
            raise SandboxError("the pool is already mapping; finish or close that iterator first")
        self._mapping = True

    def _mapped(self, items: Iterator[tuple[Source | None, Q]]) -> Iterator[Outcome[R]]:
        order: deque[_Place[R]] = deque()
        held = next(items, None)
        while held is not None or order:
            ready = order[0].outcome if order else None
            # What needs no worker lets what is ready go first: the caller may take long to find the item after it.
            polite = held is not None and held[0] is None and ready is not None
            room = len(order) < _WINDOW and not polite
            if held is not None and room and (place := self._placed(*held)) is not None:
                order.append(place)
                held = next(items, None)
            elif ready is not None:
                order.popleft()
                yield ready
            else:
                self._wait()

    def _placed(self, source: Source | None, request: Q) -> _Place[R] | None:
        """The place of an item that needs no worker or found one; None while all are busy."""
        if source is None:
            return _Place(Outcome(()))
        while (process := self._free()) is not None:
            if self._give(process, source, request):
                return self._places[process]
        return None

    def _free(self) -> Process[R] | None:
        return next((process for process in self._processes if process.idle), None)

    def _give(self, process: Process[R], source: Source, request: Q) -> bool:
        encoded = self._encode(request)
        if len(encoded) > REQUEST_BYTES:
            msg = f"a request of {len(encoded)} bytes; at most {REQUEST_BYTES} go to a worker"
            raise SandboxError(msg)
        with descriptor(source) as opened:
            given = process.give(opened, encoded)
        if given:
            self._places[process] = _Place()
        else:
            self._replace(process)
        return given

    def _wait(self) -> None:
        """Sleep until a worker says something or is overdue, and settle what that decides."""
        soonest = min(process.deadline for process in self._processes)
        heard = {key.fileobj for key, _ in self._selector.select(max(0.0, soonest - time.monotonic()))}
        now = time.monotonic()
        for process in tuple(self._processes):
            if process in heard:
                self._settle(process, process.receive())
            elif process.deadline <= now:
                self._settle(process, process.overdue())

    def _settle(self, process: Process[R], outcome: Outcome[R] | None) -> None:
        if outcome is not None:
            self._places.pop(process).outcome = outcome
        if process.ended or process.taken >= self._limits.items:
            self._replace(process)

    def _add(self) -> None:
        setup = Setup(self._task, self._request_type, self._limits, os.getpid())
        process = Process(setup, self._records)
        self._processes.append(process)
        self._selector.register(process, selectors.EVENT_READ)

    def _replace(self, process: Process[R]) -> None:
        taken = self._places.pop(process, None) is not None or process.taken
        self._stillborn = 0 if taken else self._stillborn + 1
        self._remove(process)
        if self._stillborn > _STILLBORN:
            msg = f"workers for {self._task} start and end again before they take an item"
            raise StartError(msg)
        self._add()

    def _remove(self, process: Process[R]) -> None:
        self._selector.unregister(process)
        self._processes.remove(process)
        process.end()

    def _close(self) -> None:
        for process in tuple(self._processes):
            self._remove(process)
        self._places.clear()
        self._selector.close()
