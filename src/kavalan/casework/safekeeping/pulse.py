"""The heartbeat of work that reads one large thing from beginning to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.jobs.rules import HEARTBEAT
from kavalan.casework.jobs.services import beat

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from kavalan.casework.jobs.models import Job
    from kavalan.casework.jobs.worker import Clock
    from kavalan.vault import Tell


def beating(job: Job, clock: Clock, ask: Callable[[Job, datetime], None] | None = None) -> Tell:
    """Takes the bytes that were read, and beats now and then with the MiB of all of them.

    Args:
        job: what is worked on.
        clock: gives aware UTC.
        ask: asked at each beat whether to go on; what it raises ends the reading.
    """
    last, read = clock(), 0

    def tell(size: int) -> None:
        nonlocal last, read
        read += size
        if (now := clock()) - last >= HEARTBEAT:
            last = now
            beat(job, read >> 20, now)
            if ask is not None:
                ask(job, now)

    return tell
