"""Which workers live, told by the kernel's locks."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from kavalan.casework.exhibits.services import start_scan
from kavalan.casework.jobs import presence
from kavalan.casework.jobs.presence import bury, dead, present
from kavalan.casework.jobs.rules import LEASE
from kavalan.casework.jobs.selectors import waits
from kavalan.casework.jobs.services import LeaseLostError, beat, claim
from kavalan.casework.workspace import workers_of

from ..conftest import NOW

WORKER = """
import subprocess, sys
from pathlib import Path
import django
django.setup()
from kavalan.casework.jobs.presence import present
with present(Path(sys.argv[1])) as name:
    child = subprocess.Popen(["sleep", "600"])
    print(name, child.pid, flush=True)
    child.wait()
"""


@contextmanager
def another(workspace):
    """A worker with a child in processes of their own: its process, its name, its child."""
    command = [sys.executable, "-c", WORKER, str(workspace)]
    env = os.environ | {"KAVALAN_WORKSPACE": str(workspace)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as process:
        name, child = process.stdout.readline().split()
        try:
            yield process, name
        finally:
            process.kill()
            os.kill(int(child), signal.SIGKILL)


def end(process):
    process.kill()
    process.wait()


def files(workspace):
    return {path.name for path in workers_of(workspace).iterdir()}


@pytest.fixture
def job(people, exhibit):
    return start_scan(people.alice, people.warrant, exhibit, NOW).scan


def test_worker_lives_until_its_block_ends(workspace):
    with present(workspace) as name:
        assert dead(workspace) == set()
    assert dead(workspace) == {name}


def test_where_no_worker_ever_was_none_is_dead(workspace):
    assert dead(workspace) == set()


def test_killed_worker_is_dead_at_once_though_a_child_of_it_lives_on(workspace):
    with another(workspace) as (process, name):
        assert dead(workspace) == set()
        end(process)
        assert dead(workspace) == {name}


def test_stopped_worker_lives(workspace):
    with another(workspace) as (process, _):
        process.send_signal(signal.SIGSTOP)
        assert dead(workspace) == set()


def test_dead_worker_whose_number_another_process_has_is_dead(workspace):
    workers_of(workspace).mkdir()
    name = f"{socket.gethostname()}:{os.getpid()}:5eed5eed"
    (workers_of(workspace) / name).touch()
    with present(workspace):
        assert dead(workspace) == {name}


def test_of_another_machines_worker_nothing_is_known(workspace):
    workers_of(workspace).mkdir()
    (workers_of(workspace) / "elsewhere:77:5eed5eed").touch()
    assert dead(workspace) == set()


def test_two_who_look_at_once_do_not_take_each_other_for_the_worker(workspace):
    with present(workspace) as name:
        pass
    with (workers_of(workspace) / name).open("r+b") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        assert dead(workspace) == {name}


def test_job_of_a_killed_worker_is_taken_at_once_and_that_of_a_living_one_is_not(job, workspace):
    with another(workspace) as (process, name):
        claim(name, NOW)
        assert (waits(NOW), claim("next", NOW)) == (False, None)
        end(process)
        assert waits(NOW)
        taken = claim("next", NOW)
        assert (taken.pk, taken.worker, taken.attempts) == (job.pk, "next", 2)
    assert not waits(NOW)


def test_of_two_who_find_a_worker_dead_one_gets_its_job(job, workspace):
    with present(workspace) as name:
        claim(name, NOW)
    assert [one and one.worker for one in (claim("two", NOW), claim("three", NOW))] == ["two", None]


def test_worker_that_is_given_up_for_dead_after_its_lease_writes_nothing_more(job, workspace):
    with present(workspace) as name:
        held = claim(name, NOW)
        later = NOW + LEASE + timedelta(seconds=1)
        assert claim("next", later).worker == "next"
        with pytest.raises(LeaseLostError):
            beat(held, 7, later)


def test_the_dead_are_buried_once_their_job_is_taken(job, workspace):
    with present(workspace) as idle:
        pass
    with present(workspace) as name, present(workspace) as living:
        claim(name, NOW)
    with present(workspace) as living:
        bury(workspace)
        assert files(workspace) == {name, living}
        claim("next", NOW)
        bury(workspace)
        assert files(workspace) == {living}
    assert idle not in files(workspace)


def test_worker_that_is_buried_before_it_is_locked_comes_again(workspace, monkeypatch):
    opened = []

    def opening(path, *arguments):
        handle = os_open(path, *arguments)
        if not opened:
            Path(path).unlink()
        opened.append(path)
        return handle

    os_open = os.open
    with ExitStack() as stack:
        with monkeypatch.context() as patch:
            patch.setattr(presence.os, "open", opening)
            name = stack.enter_context(present(workspace))
        assert (len(opened), files(workspace), dead(workspace)) == (2, {name}, set())
