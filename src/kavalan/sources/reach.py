"""Paths longer than the kernel takes: 4096 bytes, which a person with a habit of folders in folders exceeds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

_STRETCH = 4000


@contextmanager
def reached(path: bytes) -> Iterator[tuple[int | None, bytes]]:
    """A path as the kernel takes it: an open folder on the way, None where there is no need of one, and what is left.

    Args:
        path: absolute or not, of any length, of plain names.

    Raises:
        OSError: a folder on the way cannot be entered.
    """
    at: int | None = None
    try:
        while len(path) > _STRETCH:
            cut = path.rindex(b"/", 0, _STRETCH)
            further = os.open(path[:cut], os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=at)
            if at is not None:
                os.close(at)
            at, path = further, path[cut + 1 :]
        yield at, path
    finally:
        if at is not None:
            os.close(at)
