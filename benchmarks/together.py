"""Processes that begin their work at the same moment, once all of them are set up."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import IO, cast


class Part:
    """One process: a module of the benchmarks that calls `at_once`, then prints one line of JSON."""

    def __init__(self, module: str, *arguments: str) -> None:
        command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def is_ready(self) -> None:
        """Wait until it is set up."""
        cast("IO[str]", self._process.stdout).readline()

    def go(self) -> None:
        """Let it begin."""
        stream = cast("IO[str]", self._process.stdin)
        stream.write("\n")
        stream.flush()

    def result(self) -> list[float]:
        """What it printed; it must have ended well."""
        printed = self._process.communicate()[0]
        assert self._process.returncode == 0
        return [float(number) for number in json.loads(printed)]


def begin(parts: Sequence[Part]) -> None:
    """Let all begin as soon as the last one is ready."""
    for part in parts:
        part.is_ready()
    for part in parts:
        part.go()


def at_once() -> None:
    """Within a part, set up: wait for the others."""
    print(flush=True)
    sys.stdin.readline()
