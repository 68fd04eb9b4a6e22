"""One worker as its parent sees it: starting, idle, busy, ended."""

from __future__ import annotations

import json
import math
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from kavalan.sandbox.confinement import Confinement
from kavalan.sandbox.errors import StartError
from kavalan.sandbox.outcome import Failure, Outcome, Reason
from kavalan.sandbox.printable import printable
from kavalan.sandbox.wire import NOTE_BYTES, Frames, Kind, MalformedError, OversizedError, Problem, Setup, frame

R = TypeVar("R")
T = TypeVar("T")

_START_SECONDS = 60.0
_PIECE = 256 * 1024  # more than the socket's buffer holds: one read takes all that has arrived

# Isolated mode ignores every PYTHON* variable and the working directory; the parent's own path stands in for them.
_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[2]); "
    "from kavalan.sandbox.worker import main; main(int(sys.argv[1]))"
)
# One worker is one processor's work, and a library's pool of threads would be there before the door is locked; each
# arena of malloc reserves 64 MiB of address space.
_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
}


def _environment() -> dict[str, str]:
    """Nothing of the parent's, except where its Python finds its own shared library."""
    libraries = os.environ.get("LD_LIBRARY_PATH")
    return _ENVIRONMENT if libraries is None else _ENVIRONMENT | {"LD_LIBRARY_PATH": libraries}


def _start(theirs: socket.socket) -> subprocess.Popen[bytes]:
    path = json.dumps([str(Path(entry).absolute()) for entry in sys.path])
    return subprocess.Popen(
        [sys.executable, "-I", "-c", _BOOT, str(theirs.fileno()), path],
        pass_fds=(theirs.fileno(),),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env=_environment(),
        start_new_session=True,  # Ctrl-C at the terminal is the parent's to handle
    )


def _processor_seconds(pid: int) -> float:
    """What all threads of a process have used; the clock's number is that of clock_getcpuclockid(3)."""
    return time.clock_gettime((~pid << 3) | 2)


class Process(Generic[R]):
    """A worker process, its socket, and the item it has.

    Attributes:
        confinement: what the kernel granted it; None while it is starting.
        busy: it has an item that is not answered.
        ended: it has been killed or is dead, and reaped; its socket is closed.
        taken: items it was given so far.
    """

    def __init__(self, setup: Setup, records: msgspec.msgpack.Decoder[R]) -> None:
        """Start it; it says hello by itself.

        Raises:
            StartError: the interpreter cannot be run.
        """
        self.confinement: Confinement | None = None
        self.busy = False
        self.ended = False
        self.taken = 0
        self._setup = setup
        self._limits = setup.limits
        self._decoder = records
        self._frames = Frames()
        self._piece = memoryview(bytearray(_PIECE))
        self._records: list[R] = []
        self._records_left = 0
        self._bytes_left = 0
        self._cpu_until = 0
        self._patience = _START_SECONDS
        self._deadline = time.monotonic() + self._patience
        self._channel, theirs = socket.socketpair()
        self._channel.setblocking(False)
        with theirs:
            try:
                self._child = _start(theirs)
            except OSError as error:
                self._channel.close()
                msg = f"cannot run {sys.executable or 'Python'} as a worker: {error}"
                raise StartError(msg) from error
        self._channel.send(frame(Kind.SETUP, msgspec.msgpack.encode(setup)))

    def fileno(self) -> int:
        """The socket's descriptor, for a selector."""
        return self._channel.fileno()

    @property
    def idle(self) -> bool:
        """It waits for an item."""
        return self.confinement is not None and not self.busy and not self.ended

    @property
    def deadline(self) -> float:
        """The moment of `time.monotonic` from which it is overdue; never, when idle."""
        return math.inf if self.idle else self._deadline

    def lend(self, sources: list[int]) -> bool:
        """Hand an idle worker descriptors that belong to the item it is given next, at most `BESIDE_DESCRIPTORS`.

        Returns:
            False where the worker is no longer there to take them.
        """
        message = frame(Kind.BESIDE)
        try:
            return socket.send_fds(self._channel, [message], sources) == len(message)
        except (BlockingIOError, BrokenPipeError, ConnectionResetError):
            return False

    def give(self, source: int, request: bytes) -> bool:
        """Hand an idle worker an item.

        Args:
            source: the descriptor to read from.
            request: encoded, at most `REQUEST_BYTES`.

        Returns:
            False where the worker is no longer there to take it, through no fault of this item.
        """
        message = frame(Kind.REQUEST, request)
        try:
            self._allow_processor_time()
            sent = socket.send_fds(self._channel, [message], [source])
        except (BlockingIOError, BrokenPipeError, ConnectionResetError, ProcessLookupError):
            return False
        self.busy = True
        self.taken += 1
        self._records = []
        self._records_left = self._limits.records
        self._bytes_left = self._limits.answer_bytes
        self._allow_time()
        return sent == len(message)

    def _allow_time(self) -> None:
        self._patience = self._limits.wall_seconds
        self._deadline = time.monotonic() + self._patience

    def _allow_processor_time(self) -> None:
        """Set `RLIMIT_CPU` from outside, where the worker cannot undo it."""
        pid = self._child.pid
        until = math.ceil(_processor_seconds(pid) + self._limits.cpu_seconds)
        if until != self._cpu_until:
            hard = resource.prlimit(pid, resource.RLIMIT_CPU)[1]
            soft = until if hard == resource.RLIM_INFINITY else min(until, hard)
            resource.prlimit(pid, resource.RLIMIT_CPU, (soft, hard))
            self._cpu_until = until

    def receive(self) -> Outcome[R] | None:
        """Take in what has arrived.

        Returns:
            The outcome, when that completes the item; it may leave the worker `ended`.

        Raises:
            StartError: it was starting and cannot serve.
        """
        try:
            arrived = self._channel.recv_into(self._piece)
        except BlockingIOError:
            return None
        except OSError:
            arrived = 0
        if not arrived:
            return self._gone()
        self._frames.feed(self._piece[:arrived])
        try:
            return self._understand()
        except MalformedError as error:
            return self._fail("malformed", str(error))
        except OversizedError as error:
            return self._fail("oversized", str(error))

    def overdue(self) -> Outcome[R] | None:
        """Kill a worker whose deadline has passed.

        Raises:
            StartError: it was starting.
        """
        return self._fail("hang", f"no answer after {self._patience:g} s")

    def end(self) -> int:
        """Kill, reap and close; what it ended with, as `Popen.returncode`."""
        self.ended = True
        self._channel.close()
        self._child.kill()
        return self._child.wait()

    def _allowed(self) -> dict[int, int]:
        """The frames that may come now."""
        if self.confinement is None:
            return {Kind.HELLO: NOTE_BYTES, Kind.UNFIT: NOTE_BYTES}
        if not self.busy:
            return {}
        return {Kind.RECORD: self._bytes_left, Kind.DONE: 0, Kind.ERROR: NOTE_BYTES, Kind.MEMORY: 0}

    def _understand(self) -> Outcome[R] | None:
        while (taken := self._frames.next(self._allowed())) is not None:
            outcome = self._heed(*taken)
            if outcome is not None:
                return outcome
        return None

    def _heed(self, kind: int, payload: bytes) -> Outcome[R] | None:
        """Take in one frame; the outcome, when it is the last of an answer."""
        if kind == Kind.RECORD:
            self._keep(self._record(payload), len(payload))
        elif kind == Kind.HELLO:
            self.confinement = self._decoded(msgspec.msgpack.Decoder(Confinement), payload)
        elif kind == Kind.UNFIT:
            self._unfit(payload)
        else:
            return self._complete(kind, payload)
        return None

    def _record(self, payload: bytes) -> R:
        if not self._records_left:
            msg = f"more than {self._limits.records} records"
            raise OversizedError(msg)
        self._records_left -= 1
        record = self._decoded(self._decoder, payload)
        self._earn()
        return record

    def _keep(self, record: R, size: int) -> None:
        self._records.append(record)
        self._bytes_left -= size

    def _earn(self) -> None:
        """Allow it as much time again: it has shown that it goes on."""
        self._allow_time()
        self._allow_processor_time()

    def _complete(self, kind: int, payload: bytes) -> Outcome[R]:
        """The last frame of an answer; anything behind it is no answer, and no worker to keep."""
        if kind == Kind.MEMORY:
            return self._fail_item("memory", f"needed more than {self._limits.memory} bytes")
        failure = Failure("error", self._told(payload)) if kind == Kind.ERROR else None
        if self._frames:
            raise MalformedError("more after the end of its answer")
        self.busy = False
        return Outcome(tuple(self._records), failure)

    def _decoded(self, decoder: msgspec.msgpack.Decoder[T], payload: bytes) -> T:
        try:
            return decoder.decode(payload)
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            msg = f"not a record: {printable(str(error))[:200]}"
            raise MalformedError(msg) from None

    def _told(self, payload: bytes) -> str:
        problem = self._decoded(msgspec.msgpack.Decoder(Problem), payload)
        return printable(f"{problem.type}: {problem.message}")[:2000]

    def _unfit(self, payload: bytes) -> None:
        said = self._told(payload)
        self.end()
        msg = f"a worker for {self._setup.task} cannot start: {said}"
        raise StartError(msg)

    def _gone(self) -> Outcome[R] | None:
        """The worker closed its end, which a living one never does."""
        code = self.end()
        if code == -signal.SIGXCPU:
            return self._fail("cpu", f"used more than {self._limits.cpu_seconds:g} s of processor time")
        how = f"ended by {signal.Signals(-code).name}" if code < 0 else f"exited with status {code}"
        return self._fail("crash", f"worker {how}")

    def _fail(self, reason: Reason, detail: str) -> Outcome[R] | None:
        """End the worker; the item's outcome, where it has one."""
        if not self.ended:
            self.end()
        if self.confinement is None:
            msg = f"a worker for {self._setup.task} cannot start: {reason}: {detail}"
            raise StartError(msg)
        return self._fail_item(reason, detail) if self.busy else None

    def _fail_item(self, reason: Reason, detail: str) -> Outcome[R]:
        if not self.ended:
            self.end()
        self.busy = False
        return Outcome(tuple(self._records), Failure(reason, detail))
