"""The heartbeat of long work: said now and then, however often the work has something to tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.jobs.rules import HEARTBEAT

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from kavalan.casework.jobs.worker import Clock


def now_and_then(clock: Clock, do: Callable[[datetime], None]) -> Callable[[], None]:
    """Something to call as often as one likes.

    Args:
        clock: gives aware UTC.
        do: called with the time once a `HEARTBEAT` has gone by since it last was; what it raises ends the work.
    """
    last = clock()

    def alive() -> None:
        nonlocal last
        if (now := clock()) - last >= HEARTBEAT:
            last = now
            do(now)

    return alive
