"""Which workers live: each holds a lock of the kernel's on a file of its own, `workers/NAME` of the workspace.

The kernel lets go of it with the process, however that ends and whoever then has its number. So a file that nobody
holds names a worker that is dead, and its job is free at once. Without a file of this machine nothing is known of a
worker: then the lease alone tells.
"""

from __future__ import annotations

import fcntl
import os
import socket
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kavalan.casework.jobs.models import Job, State
from kavalan.casework.workspace import workers_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def present(workspace: Path) -> Iterator[str]:
    """Live as a worker of this workspace while the block runs; yields a name that no other has or will have."""
    folder = workers_of(workspace)
    folder.mkdir(mode=0o700, exist_ok=True)
    name = f"{_here()}{os.getpid()}:{uuid.uuid4().hex[:8]}"
    handle = _held(folder / name)
    try:
        yield name
    finally:
        os.close(handle)


def dead(workspace: Path) -> frozenset[str]:
    """The workers of this machine that are known to live no more."""
    files = workers_of(workspace).glob(f"{_here()}*")
    return frozenset(path.name for path in files if not _is_held(path))


def bury(workspace: Path) -> None:
    """Remove the files of the dead, but of those whose job has still to be taken."""
    names = dead(workspace)
    # In this order: who is dead takes no further job.
    awaited = set(Job.objects.filter(state=State.RUNNING, worker__in=names).values_list("worker", flat=True))
    for name in names - awaited:
        (workers_of(workspace) / name).unlink(missing_ok=True)


def _here() -> str:
    # On a disk that several machines share, a lock may be known to the one alone that took it.
    return f"{socket.gethostname()}:"


def _held(path: Path) -> int:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX)
        # Between the two lines it may have been buried.
        if os.fstat(handle).st_nlink:
            return handle
        os.close(handle)


def _is_held(path: Path) -> bool:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return True  # buried since: no job waits for that to be known
    try:
        # Shared, so that two who look do not take each other for the worker.
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(handle)
