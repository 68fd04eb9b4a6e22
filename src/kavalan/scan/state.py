"""The state of a scan on disk, and the lock that keeps two scans out of one folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from kavalan.scan.errors import OutputError, RefusedError
from kavalan.scan.layout import LOCK, STATE
from kavalan.scan.tables import output_errors, write_whole

# The file always fills these bytes, so that it can be written over in its place when the disk is full.
_BYTES = 4096
_WHY = 800


class State(msgspec.Struct, frozen=True, kw_only=True):
    """How a scan stands.

    Attributes:
        state: `running` also where a process was killed: nobody was left to say otherwise.
        why: why it stopped.
        runs: how often it was started.
        started: first start, UTC.
        updated: when this was written, UTC; of a complete scan, its end.
        batches: finished.
        items: in them.
        sandbox: what the kernel granted the decoders, in the last run.
        sandbox_complete: whether nothing was missing of it.
    """

    state: Literal["running", "stopped", "complete"]
    why: str | None = None
    runs: int
    started: datetime
    updated: datetime
    batches: int = 0
    items: int = 0
    sandbox: str = ""
    sandbox_complete: bool = False


def read_state(out: Path) -> State | None:
    """The state of the scan in a folder, None where there is none that can be read."""
    try:
        return msgspec.json.decode((out / STATE).read_bytes(), type=State)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None


def write_state(out: Path, state: State) -> None:
    """Replace the state; where the disk is full, in its place.

    Raises:
        OutputError: it can be written in no way.
    """
    if state.why is not None:
        state = msgspec.structs.replace(state, why=state.why[:_WHY])
    data = msgspec.json.encode(state).ljust(_BYTES)
    try:
        write_whole(out / STATE, data)
    except OutputError:
        with output_errors(out):
            descriptor = os.open(out / STATE, os.O_WRONLY)
            try:
                os.pwrite(descriptor, data, 0)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


class Held:
    """A folder that this process alone writes."""

    def __init__(self, out: Path, lock: int) -> None:
        self._out = out
        self._lock = lock

    def check(self) -> None:
        """See that the folder is still the one that was opened: a stick may have been pulled from under its name.

        Raises:
            OutputError: it is another one, or gone.
        """
        with suppress(OSError):
            if os.path.samestat((self._out / LOCK).stat(), os.fstat(self._lock)):
                return
        raise OutputError(f"{self._out} is gone: bring it back and start the same scan again")


@contextmanager
def holding(out: Path) -> Iterator[Held]:
    """Hold the lock of a folder, which is made where it is missing.

    Raises:
        RefusedError: another process has it, or the folder cannot be made.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        lock = os.open(out / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise RefusedError(f"{out} cannot be written: {error.strerror or error}") from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise RefusedError(f"another scan is writing {out}: wait for it, or name another folder") from error
        yield Held(out, lock)
    finally:
        os.close(lock)
