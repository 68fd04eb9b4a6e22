"""Supervisors in processes of their own: they take signals, and they must leave nobody behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

PROGRAM = """
import sys
from kavalan.casework.serving.child import Child, Patience
from kavalan.casework.serving.supervisor import supervise
children = [Child(f"child {n}", [sys.executable, "-c", code]) for n, code in enumerate(sys.argv[1:], 1)]
patience = Patience(first=0.05, longest=0.2, soon=5, most=3, grace=1)
sys.exit(0 if supervise(children, lambda line: print(line, flush=True), patience) else 1)
"""


@pytest.fixture
def supervisor():
    """Starts a supervisor over programs given as Python text; ends what is left of it."""
    started = []

    def start(*codes, program=PROGRAM):
        process = subprocess.Popen([sys.executable, "-c", program, *codes], stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stdout.close()


def appears(path, seconds=20.0):
    """Wait for a file that a child writes, and return its words."""
    for _ in range(int(seconds / 0.02)):
        if path.exists() and (text := path.read_text()).endswith("\n"):
            return text.split()
        time.sleep(0.02)
    pytest.fail(f"{path} did not appear")


def gone(pid, seconds=20.0):
    """Whether a process ends in so many seconds."""
    for _ in range(int(seconds / 0.02)):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if "Z" in open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[0]:  # noqa: SIM115, PTH123
            return True
        time.sleep(0.02)
    return False


def alive(path):
    """A program that writes its number into a file, a line for each start, and then runs on."""
    return f"import os, time; open({str(path)!r}, 'a').write(f'{{os.getpid()}}\\n'); time.sleep(600)"


def stubborn(path):
    """A program that does not end when it is asked to."""
    return f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {alive(path)}"


def end(process):
    """Ask a supervisor to end, and return its exit status with what it said."""
    process.send_signal(signal.SIGTERM)
    told, _ = process.communicate(timeout=30)
    return process.returncode, told
