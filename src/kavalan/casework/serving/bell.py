"""Waiting for signals without missing one."""

from __future__ import annotations

import select
import signal
import socket
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import FrameType, TracebackType

_END = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Bell:
    """Rings when this process is told to end and when a child of it has ended. For the main thread, as a context.

    Attributes:
        told: the name of the signal that asked this process to end, None as long as none did.
    """

    def __init__(self) -> None:
        self.told: str | None = None
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        """Listen."""
        self._near, self._far = socket.socketpair()
        for end in (self._near, self._far):
            end.setblocking(False)
        # The kernel's write into the pair cannot be missed, as a flag that is looked at before a sleep could.
        self._wakeup = signal.set_wakeup_fd(self._far.fileno(), warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, self._hear) for number in (*_END, signal.SIGCHLD)}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Listen no longer."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup)
        self._near.close()
        self._far.close()

    def wait(self, seconds: float | None) -> None:
        """Return at the next signal, or after so many seconds."""
        ready, _, _ = select.select([self._near], [], [], seconds)
        if ready:
            self._near.recv(4096)

    def _hear(self, number: int, _frame: FrameType | None) -> None:
        if number in _END and self.told is None:
            self.told = signal.Signals(number).name
