"""Changing files so that a crash at any moment leaves the old or the new, whole."""

from __future__ import annotations

import fcntl
import os
import secrets
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kavalan.vault.errors import BusyError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_POLL: Final = 0.02
_DRAFT: Final = ".draft"


def write_whole(path: Path, data: bytes) -> None:
    """Write a small file for this user alone; readers see the old or the new one."""
    handle, draft = new_draft(path.parent)
    try:
        write_all(handle, data)
        os.fsync(handle)
        draft.rename(path)
        sync_directory(path.parent)
    finally:
        os.close(handle)
        draft.unlink(missing_ok=True)


def write_all(handle: int, data: bytes) -> None:
    """Write all bytes, in as many pieces as the system wants."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def new_draft(folder: Path) -> tuple[int, Path]:
    """A new file that is locked for as long as its maker lives, open for reading and writing."""
    while True:
        path = folder / f"{secrets.token_hex(16)}{_DRAFT}"
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        # Between the two lines a sweep may have taken it for a dead one's.
        fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return handle, path
        os.close(handle)


def sweep_drafts(folder: Path) -> int:
    """Remove the drafts of makers that are no more; how many is returned."""
    return sum(_sweep(path) for path in folder.glob(f"*{_DRAFT}"))


def sync_directory(path: Path) -> None:
    """Wait until the names in a directory are on disk."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def locked(path: Path, wait: float) -> Iterator[None]:
    """Hold an exclusive lock for as long as the block runs; it ends with the process, however that ends.

    Args:
        path: the lock file, made if absent and never removed.
        wait: seconds to wait for another holder.

    Raises:
        BusyError: another process holds it for longer.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
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
                raise BusyError(path.parent, "another process keeps the vault locked; try again later") from None
            time.sleep(_POLL)
        else:
            return


def _sweep(path: Path) -> bool:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.unlink(missing_ok=True)
    except BlockingIOError:
        return False
    else:
        return True
    finally:
        os.close(handle)
