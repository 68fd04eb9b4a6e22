"""A worker of which any process may be killed, and which must leave none behind."""

import os
import signal
import time
import uuid
from contextlib import suppress
from pathlib import Path

import pytest

from .conftest import start


class Life:
    """One worker from its start to its end; its program appends the mark that it is given to `sys.path`.

    So each of its decoders, which is started with that path, is known by the mark.
    """

    def __init__(self, program, workspace, handed=None):
        self.mark = f"/nowhere/{uuid.uuid4().hex}"
        self.process = start(program, self.mark, workspace=workspace, handed=handed)

    def runs(self):
        """The processes that are known by the mark: the worker and its decoders."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                if self.mark.encode() in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
            except (FileNotFoundError, ProcessLookupError):
                continue
        return found

    def wait_for(self, batches):
        """Wait until it has loaded so many batches, or all."""
        while batches and self.process.stdout.readline() == b"loaded\n":
            batches -= 1

    def kill(self, *, alone):
        """Kill the worker, or all its processes with it; then none is left."""
        for pid in [self.process.pid] if alone else self.runs():
            # One that ended between being looked up and now is as dead as it should be.
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.communicate()
        for _ in range(1000):
            if not self.runs():
                return
            time.sleep(0.02)
        pytest.fail(f"left running: {self.runs()}")
