"""Work shared out among processes, one for each processor: each writes one file."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def in_parts(module: str, read: Callable[[Path], T], parts: int | None = None) -> list[T]:
    """Run `python -m MODULE PART PARTS FILE` for each part at once and read the files, in the order of the parts.

    Raises:
        RuntimeError: when one of them fails; it has said why on its standard error.
    """
    parts = parts or len(os.sched_getaffinity(0))
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, str(part)) for part in range(parts)]
        running = [
            subprocess.Popen([sys.executable, "-m", module, str(part), str(parts), str(file)], env=environment)
            for part, file in enumerate(files)
        ]
        codes = [process.wait() for process in running]
        if any(codes):
            message = f"{module} failed in a process of its own, exit codes {codes}; what it said stands above"
            raise RuntimeError(message)
        return [read(file) for file in files]
