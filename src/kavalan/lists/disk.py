"""The few ways in which lists change on disk, each durable before the next: a test stops the program at every one."""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kavalan.lists.errors import BusyError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_POLL: Final = 0.02


def sync_file(path: Path) -> None:
    """Wait until the bytes of a file are on disk."""
    _sync(path, os.O_RDONLY)


def sync_directory(path: Path) -> None:
    """Wait until the names in a directory are on disk."""
    _sync(path, os.O_RDONLY | os.O_DIRECTORY)


def rename(old: Path, new: Path) -> None:
    """Give a file or directory another name, durably, replacing a file of that name."""
    old.replace(new)
    sync_directory(new.parent)


def write_atomic(path: Path, data: bytes) -> None:
    """Write a small file so that readers see the old or the new one, whole."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(data)
    sync_file(draft)
    rename(draft, path)


def copy(path: Path, to: Path) -> None:
    """Copy a file, or the files of a directory, durably; their bytes only: a stick keeps no rights."""
    pairs = [(file, to / file.name) for file in sorted(path.iterdir())] if path.is_dir() else [(path, to)]
    for file, new in pairs:
        new.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, new)
        sync_file(new)
        sync_directory(new.parent)


def remove(path: Path) -> None:
    """Remove a file or a directory with all in it; gone already is fine."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def locked(path: Path, wait: float) -> Iterator[None]:
    """Hold an exclusive lock on a file for as long as the block runs; it ends with the process, however that ends.

    Args:
        path: the lock file, made if absent and never removed.
        wait: seconds to wait for another holder.

    Raises:
        BusyError: another process holds it for longer.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _acquire(handle, path, time.monotonic() + wait)
        yield
    finally:
        os.close(handle)


def _acquire(handle: int, path: Path, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise BusyError(path.parent.name, "another process is changing this list; try again later") from None
            time.sleep(_POLL)
        else:
            return


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
