"""A child process that is started again when it ends."""

from __future__ import annotations

import signal
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a child is started again. All in seconds, except `most`.

    Attributes:
        first: pause before the first new start; each further one in a row doubles it.
        longest: no pause is longer.
        soon: a child that ran for less has failed fast.
        most: so many fast failures in a row are the last.
        grace: between asking a child to end and killing it.
    """

    first: float = 0.5
    longest: float = 30.0
    soon: float = 20.0
    most: int = 6
    grace: float = 10.0


DEFAULT: Final = Patience()


class Child:
    """One program that must run.

    Args:
        name: as lines of the log call it.
        command: the program and its arguments.
        descriptors: open files that it inherits.
    """

    def __init__(self, name: str, command: Sequence[str], descriptors: Sequence[int] = ()) -> None:
        self.name = name
        self._command = list(command)
        self._descriptors = tuple(descriptors)
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._failures = 0
        self.due = 0.0
        """When it is to be started, on the clock that `look` is given; of interest while it does not run."""

    @property
    def running(self) -> bool:
        """Whether it ran when it was last looked at."""
        return self._process is not None

    @property
    def failures(self) -> int:
        """Fast failures in a row."""
        return self._failures

    def look(self, now: float, patience: Patience, tell: Callable[[str], None]) -> None:
        """Start it if its time has come; see whether it has ended."""
        if self._process is None and now >= self.due:
            # A session of its own: Ctrl-C reaches the supervisor alone, which ends its children in its own way.
            self._process = subprocess.Popen(self._command, pass_fds=self._descriptors, start_new_session=True)
            self._started = now
        elif self._process is not None and (status := self._process.poll()) is not None:
            self._process = None
            self._failures = self._failures + 1 if now - self._started < patience.soon else 1
            pause = min(patience.first * 2 ** (self._failures - 1), patience.longest)
            self.due = now + pause
            tell(f"the {self.name} ended ({_told(status)}) after {now - self._started:.0f} s; again in {pause:g} s")

    def ask_to_end(self) -> None:
        """Send SIGTERM if it runs."""
        if self._process is not None:
            self._process.terminate()

    def end(self, seconds: float, tell: Callable[[str], None]) -> None:
        """Wait until it has ended; kill it if that takes longer than so many seconds."""
        if self._process is None:
            return
        try:
            self._process.wait(max(seconds, 0))
        except subprocess.TimeoutExpired:
            tell(f"the {self.name} did not end and is killed")
            self._process.kill()
            self._process.wait()
        self._process = None


def _told(status: int) -> str:
    return f"exit status {status}" if status >= 0 else f"killed by {signal.Signals(-status).name}"
