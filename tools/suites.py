"""All tests at once: those on SQLite, and beside them the desk's on PostgreSQL, then those in a browser.

Usage: python tools/suites.py [arguments of pytest]

A suite mostly waits (for workers, browsers, disks), so that two take little longer than one.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Run all; the exit status is that of the first one that failed."""
    pytest = [sys.executable, "-m", "pytest"]
    postgres = [sys.executable, "tools/postgres.py", "run", "--"]
    beside = {
        "On PostgreSQL": [*postgres, *pytest, "tests/casework", *arguments],
        "In a browser": [*pytest, "tests/browser", *arguments],
    }
    return together([*pytest, "--ignore=tests/browser", *arguments], beside)


def together(first: list[str], beside: Mapping[str, list[str]]) -> int:
    """Run a command, and others beside it, one of them after another.

    Args:
        first: its lines come as it writes them.
        beside: commands by the heading under which their lines come once all have ended.

    Returns:
        The first exit status that is not 0, in the order of the commands.
    """
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as thread:
        others = Others(beside, Path(folder))
        waiting = thread.submit(others.run)
        try:
            status = subprocess.run(first, cwd=ROOT, check=False).returncode
        except BaseException:
            others.stop()
            raise
        statuses = [status, *waiting.result()]
        for number, heading in enumerate(beside):
            print(f"\n{heading}:", flush=True)
            with others.log(number).open("rb") as log:
                shutil.copyfileobj(log, sys.stdout.buffer)
            sys.stdout.flush()
    return next(filter(None, statuses), 0)


class Others:
    """Commands that run one after another, each writing to a file."""

    def __init__(self, commands: Mapping[str, list[str]], folder: Path) -> None:
        self._commands = list(commands.values())
        self._folder = folder
        self._running: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def log(self, number: int) -> Path:
        """Where the lines of a command are."""
        return self._folder / str(number)

    def run(self) -> list[int]:
        """Run them; their exit statuses."""
        return [self._run(number, command) for number, command in enumerate(self._commands) if not self._stopped]

    def stop(self) -> None:
        """End the one that runs, which must stop what it started itself, and begin no other."""
        self._stopped = True
        if self._running is not None:
            self._running.terminate()

    def _run(self, number: int, command: list[str]) -> int:
        with self.log(number).open("wb") as log:
            self._running = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
            if self._stopped:
                self._running.terminate()
            return self._running.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
