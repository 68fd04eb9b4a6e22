"""All tests at once: five suites in two lanes, the longest begun first.

Usage: python tools/suites.py [arguments of pytest]

The desk is tested twice, on PostgreSQL and on SQLite. What tests write lies in memory where there is plenty, because a
desk waits for the disk after every verb; with the run it is gone, but for what failed tests keep in `build/failures`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LANES = 2
MEMORY = Path("/dev/shm")  # noqa: S108 the folder below it gets a random name and is ours alone
PLENTY = 4 << 30


def main(arguments: list[str]) -> int:
    """Run all; the exit status is that of the first one that failed."""
    # What a test that passed has written is of no use to anybody.
    pytest = [sys.executable, "-m", "pytest", "-o", "tmp_path_retention_policy=failed"]
    postgres = [sys.executable, "tools/postgres.py", "run", "--"]
    beside = ("tests/cli", "tests/docs")
    suites = {
        "The desk on PostgreSQL": [*postgres, *pytest, "tests/casework", *arguments],
        "In a browser": [*pytest, "tests/browser", *arguments],
        "The desk on SQLite": [*pytest, "tests/casework", *arguments],
        "The command line and the pages": [*pytest, *beside, *arguments],
        "All else": [*pytest, *(f"--ignore={one}" for one in ("tests/browser", "tests/casework", *beside)), *arguments],
    }
    with tempfile.TemporaryDirectory(prefix="kavalan-tests-", dir=scratch(), ignore_cleanup_errors=True) as folder:
        return together(suites, {**os.environ, "TMPDIR": folder})


def scratch() -> Path | None:
    """Memory if there is plenty and programs may be run from it; None for wherever temporary files usually lie."""
    if not MEMORY.is_dir() or os.statvfs(MEMORY).f_flag & os.ST_NOEXEC:
        return None
    return MEMORY if shutil.disk_usage(MEMORY).free > PLENTY else None


def together(commands: Mapping[str, list[str]], environment: Mapping[str, str] | None = None) -> int:
    """Run commands, as many at once as there are lanes; the lines of each come once it has ended.

    Args:
        commands: by the heading under which their lines come, in the order in which they begin.
        environment: theirs, where it is another than this process's.

    Returns:
        The first exit status that is not 0, in the order of the commands.
    """
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(LANES) as lanes:
        suites = [
            Suite(heading, command, Path(folder) / str(number))
            for number, (heading, command) in enumerate(commands.items())
        ]
        running = {lanes.submit(suite.run, environment): suite for suite in suites}
        try:
            for ended in as_completed(running):
                ended.result()
                running[ended].tell()
        except BaseException:
            for suite in suites:
                suite.stop()
            raise
    return next((suite.status for suite in suites if suite.status), 0)


class Suite:
    """A command that writes to a file.

    Attributes:
        status: the exit status, once it has ended.
    """

    def __init__(self, heading: str, command: list[str], log: Path) -> None:
        self.status = 0
        self._heading, self._command, self._log = heading, command, log
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False
        self._seconds = 0.0

    def run(self, environment: Mapping[str, str] | None) -> None:
        """Run it to its end, or not at all where it was stopped before."""
        if self._stopped:
            return
        began = time.monotonic()
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(self._command, cwd=ROOT, env=environment, stdout=log, stderr=log)
            if self._stopped:
                self._process.terminate()
            self.status = self._process.wait()
        self._seconds = time.monotonic() - began

    def stop(self) -> None:
        """End it, which must stop what it started itself, or let it not begin."""
        self._stopped = True
        if self._process is not None:
            self._process.terminate()

    def tell(self) -> None:
        """Write what it wrote."""
        print(f"\n{self._heading}, {self._seconds:.0f} s:", flush=True)
        with self._log.open("rb") as log:
            shutil.copyfileobj(log, sys.stdout.buffer)
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
