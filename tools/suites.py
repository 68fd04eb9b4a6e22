"""Both suites at once: all tests on SQLite, and the desk's on PostgreSQL beside it.

Usage: python tools/suites.py [arguments of pytest]

A suite mostly waits (for browsers, workers, disks), so that two take little longer than one.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Run both; the exit status is that of the first one that failed."""
    pytest = [sys.executable, "-m", "pytest"]
    postgres = [sys.executable, "tools/postgres.py", "run", "--"]
    return together([*pytest, *arguments], [*postgres, *pytest, "tests/casework", *arguments], "On PostgreSQL")


def together(first: list[str], second: list[str], heading: str) -> int:
    """Run two commands; the lines of the first come as it writes them, those of the second once both have ended.

    Returns:
        The exit status of the first, or where that is 0 of the second.
    """
    with tempfile.TemporaryFile() as log:
        beside = subprocess.Popen(second, cwd=ROOT, stdout=log, stderr=log)
        try:
            status = subprocess.run(first, cwd=ROOT, check=False).returncode
            other = beside.wait()
        finally:
            # Where this was broken off the second is still at work, and must stop what it started itself.
            beside.terminate()
            beside.wait()
            print(f"\n{heading}:", flush=True)
            log.seek(0)
            shutil.copyfileobj(log, sys.stdout.buffer)
            sys.stdout.flush()
    return status or other


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
