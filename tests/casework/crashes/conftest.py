"""Programs that are killed at seeded moments: eight times each, or as often as `KAVALAN_CRASHES` says (50 to judge)."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).parents[3]
CRASHES = int(os.environ.get("KAVALAN_CRASHES", "8"))


@pytest.fixture
def desk(people, workspace):
    """A workspace with its own database file, for programs of its own."""
    if connection.vendor != "sqlite":
        pytest.skip("this run is on PostgreSQL, whose own log withstands a kill")
    connection.close()
    shutil.copyfile(connection.settings_dict["NAME"], workspace / "desk.sqlite3")
    (workspace / "desk.sqlite3").chmod(0o600)
    return workspace


def environment(workspace, app=None):
    own = {"KAVALAN_WORKSPACE": str(workspace), "DJANGO_SETTINGS_MODULE": "kavalan.casework.settings"}
    if app:
        own |= {"DJANGO_SETTINGS_MODULE": "tests.casework.settings_of_later", "KAVALAN_LATER": app}
    return {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "KAVALAN_EVIDENCE"}} | own


def start(program, *arguments, **env):
    """Start a program and wait until it says that it begins."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=environment(**env))
    assert process.stdout.readline() == b"begins\n"
    return process


def kill(process, seconds):
    """Kill a program after so many seconds; whether it was still at work."""
    time.sleep(seconds)
    at_work = process.poll() is None
    process.kill()
    process.wait()
    process.stdout.close()
    return at_work


def moments(seed, longest):
    """Seeded moments, in seconds."""
    chance = random.Random(seed)  # noqa: S311 no secret
    return [chance.uniform(0, longest) for _ in range(CRASHES)]
