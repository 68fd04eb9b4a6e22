"""The heartbeat of work that reads one large thing from beginning to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.jobs.pulse import now_and_then
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
    read = 0

    def told(now: datetime) -> None:
        beat(job, read >> 20, now)
        if ask is not None:
            ask(job, now)

    alive = now_and_then(clock, told)

    def tell(size: int) -> None:
        nonlocal read
        read += size
        alive()

    return tell
