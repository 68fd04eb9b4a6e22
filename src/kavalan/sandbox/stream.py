"""One worker whose answer is taken as it comes: records and the bytes between them, in constant memory."""

from __future__ import annotations

import os
import select
import threading
import time
from collections import deque
from contextlib import ExitStack
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from kavalan.sandbox.errors import SandboxError
from kavalan.sandbox.limits import Limits
from kavalan.sandbox.outcome import Failure, Outcome
from kavalan.sandbox.process import Process
from kavalan.sandbox.source import Source, descriptor
from kavalan.sandbox.wire import (
    BESIDE_DESCRIPTORS,
    CONTENT_BYTES,
    REQUEST_BYTES,
    STREAM_RECORD_BYTES,
    Kind,
    MalformedError,
    Setup,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType
    from typing import Self

Q = TypeVar("Q", bound=msgspec.Struct)
R = TypeVar("R", bound=msgspec.Struct)


class _Process(Process[R]):
    """A worker whose records are not collected; at most what one read of its socket brought waits to be taken."""

    def __init__(self, setup: Setup, records: msgspec.msgpack.Decoder[R]) -> None:
        super().__init__(setup, records)
        self.said: deque[R | bytes] = deque()
        self._cut_short = False

    def be_patient(self) -> None:
        """Count the time from now: until now it may have waited for us."""
        if self.busy:
            self._allow_time()

    def _allowed(self) -> dict[int, int]:
        allowed = super()._allowed()
        if self.busy:
            allowed[Kind.RECORD] = STREAM_RECORD_BYTES
            allowed[Kind.CONTENT] = min(CONTENT_BYTES, self._bytes_left)
        return allowed

    def _heed(self, kind: int, payload: bytes) -> Outcome[R] | None:
        if kind != Kind.CONTENT:
            self._cut_short = False
            return super()._heed(kind, payload)
        if self._cut_short or not payload:
            raise MalformedError("content in smaller pieces than it may come in")
        self._cut_short = len(payload) < CONTENT_BYTES
        self._bytes_left -= len(payload)
        self.said.append(payload)
        self._earn()
        return None

    def _keep(self, record: R, size: int) -> None:  # noqa: ARG002 - what is not kept has no bound together
        self.said.append(record)


class Stream(Generic[R]):
    """What a task says about one item: its records and its bytes, in order, each as soon as it is asked for.

    The worker runs ahead no further than the socket between them holds (some hundred KiB) and then waits.

    Attributes:
        failure: why the stream ended before its task did; None while it lasts and after a good end.
    """

    def __init__(self, process: _Process[R]) -> None:
        self.failure: Failure | None = None
        self._process = process
        self._ended = False

    def __iter__(self) -> Iterator[R | bytes]:
        return self

    def __next__(self) -> R | bytes:
        """The next record, or the next bytes: at most 256 KiB, never none.

        Raises:
            StopIteration: the task has ended, well or with a `failure`.
        """
        self._process.be_patient()
        while not self._process.said and not self._ended:
            self._end(_heard(self._process))
        if not self._process.said:
            raise StopIteration
        return self._process.said.popleft()

    def _end(self, outcome: Outcome[R] | None) -> None:
        if outcome is not None:
            self._ended = True
            self.failure = outcome.failure


class Streamer(Generic[Q, R]):
    """A confined worker that runs one task over one item at a time, each as a stream.

    The task is a generator `(source: BinaryIO, request: Q) -> Iterator[R | bytes]`; the rest is as for `Pool`.

        with Streamer("kavalan.sources.archive.task:read", Request, Record) as streamer:
            stream = streamer.stream(opened, Request())
            for said in stream:
                ...
            if stream.failure is not None:
                ...

    It belongs to the thread that uses it first. The worker starts with the first item, serves the next ones, and is
    replaced after `Limits.items` of them or a failure that cost it its life.
    """

    def __init__(self, task: str, request_type: type[Q], record_type: type[R], *, limits: Limits | None = None) -> None:
        """Describe the worker.

        Args:
            task: `package.module:function`; only workers import it.
            request_type: a struct at the top of a module; what a task is told about an item.
            record_type: what it answers; everything a worker sends is checked against this type.
            limits: what the worker and an item may use. `records` and `answer_bytes` bound one stream, the latter its
                content.
        """
        self._limits = limits or Limits()
        request = f"{request_type.__module__}:{request_type.__qualname__}"
        self._setup = Setup(task, request, self._limits, os.getpid())
        self._records = msgspec.msgpack.Decoder(record_type)
        self._encode = msgspec.msgpack.Encoder().encode
        self._process: _Process[R] | None = None
        self._thread = 0

    def __enter__(self) -> Self:
        """Nothing starts before it is needed."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Kill the worker; it holds nothing that could be lost."""
        self._end()

    def stream(self, source: Source, request: Q, beside: Sequence[Source] = ()) -> Stream[R]:
        """Run the task over one item. A stream that was not taken to its end is given up.

        Args:
            source: an open file or pipe, or its descriptor; may be closed when this returns.
            request: of at most 64 KiB.
            beside: further files of the same item, such as the segments of an image; the task is given them behind the
                request, in this order. `Limits.open_files` must hold them.

        Raises:
            SourceError: the source is neither a file nor a pipe.
            StartError: no worker can be started.
            SandboxError: the request is too long, or this is another thread's streamer.
        """
        encoded = self._encode(request)
        if len(encoded) > REQUEST_BYTES:
            msg = f"a request of {len(encoded)} bytes; at most {REQUEST_BYTES} go to a worker"
            raise SandboxError(msg)
        process = self._idle()
        with descriptor(source) as opened:
            if not _given(process, opened, encoded, beside):
                self._end()
                process = self._idle()
                if not _given(process, opened, encoded, beside):
                    raise SandboxError(f"a worker for {self._setup.task} ends before it takes an item")
        return Stream(process)

    def _idle(self) -> _Process[R]:
        """A worker that waits for an item, started where there is none."""
        if self._thread not in {0, threading.get_ident()}:
            raise SandboxError("a streamer belongs to the thread that used it first; make one per thread")
        self._thread = threading.get_ident()
        process = self._process
        if process is not None and (not process.idle or process.said or process.taken >= self._limits.items):
            self._end()
        if self._process is None:
            self._process = _Process(self._setup, self._records)
        while not self._process.idle:
            _heard(self._process)
        return self._process

    def _end(self) -> None:
        if self._process is not None and not self._process.ended:
            self._process.end()
        self._process = None


def _given(process: _Process[R], source: int, request: bytes, beside: Sequence[Source]) -> bool:
    """Hand over an item; whether the worker was there to take it."""
    for first in range(0, len(beside), BESIDE_DESCRIPTORS):
        with ExitStack() as held:
            lent = [held.enter_context(descriptor(each)) for each in beside[first : first + BESIDE_DESCRIPTORS]]
            if not process.lend(lent):
                return False
    return process.give(source, request)


def _heard(process: _Process[R]) -> Outcome[R] | None:
    """Sleep until a worker says something or is overdue; the outcome, when that completes its item."""
    waiting = select.poll()
    waiting.register(process, select.POLLIN)
    if waiting.poll(1000 * max(0.0, process.deadline - time.monotonic())):
        return process.receive()
    return process.overdue() if process.deadline <= time.monotonic() else None
