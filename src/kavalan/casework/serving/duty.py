"""The worker's process: it waits for jobs and does them until it is told to end.

`python -m kavalan.casework.serving.duty --decoders N`, in the environment that `workspace.enter` leaves.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, NoReturn

import django
from django.db import close_old_connections

from kavalan.casework import keys
from kavalan.casework.serving.line import place_of, tell

if TYPE_CHECKING:
    from types import FrameType

PAUSE = 1.0
"""Seconds between two looks for a job that waits."""

_tell = partial(tell, "worker")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--decoders", type=int, required=True)
    decoders = parser.parse_args().decoders
    signal.signal(signal.SIGTERM, _end)
    try:
        django.setup()
        keys.take_over()
        stay(decoders)
    except Exception as error:  # noqa: BLE001 the supervisor starts it again; what the error says may name evidence
        _tell(f"ended by {place_of(error)}")
        return 1


def stay(decoders: int) -> NoReturn:
    """Do whatever waits or falls due, and look again.

    Only SIGTERM or an error ends it; a job under way is given back first.
    """
    from django.utils import timezone  # noqa: PLC0415 as below

    from kavalan.casework.jobs.selectors import waits  # noqa: PLC0415 models can be imported once Django is set up
    from kavalan.casework.serving.due import duties, look  # noqa: PLC0415 as above

    due = duties()
    while True:
        for told in look(due, timezone.now()):
            _tell(told)
        if waits(timezone.now()):
            work(decoders)
        # Between jobs no connection is held: the database may be restarted or restored.
        close_old_connections()
        time.sleep(PAUSE)


def work(decoders: int) -> None:
    """Do all jobs that wait. The engine is loaded at the first one and the decoders end with the last."""
    from kavalan.casework.worker import do_jobs  # noqa: PLC0415 a worker without work stays small

    for job in do_jobs(decoders):
        _tell(f"job {job.public_id} {job.kind}: {job.state}, {job.progress} items")


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    # Raised wherever the worker is: `run_next` then releases its job.
    sys.exit(0)


if __name__ == "__main__":
    sys.exit(main())
