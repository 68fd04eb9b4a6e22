"""`kavalan serve`: the whole desk, its processes and their end."""

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.desk import desk, environment, kavalan, locked_by


@pytest.fixture
def serving(tmp_path):
    """Starts the desk on a free port; returns its process and its port."""
    workspace = desk(tmp_path / "w")
    started = []

    def start(*options, said=""):
        command = [
            sys.executable,
            "-m",
            "kavalan",
            "serve",
            "--workspace",
            workspace,
            "--bind",
            "127.0.0.1:0",
            "--passphrase-file",
            locked_by(workspace),
            *options,
        ]
        process = subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE, text=True)
        started.append(process)
        assert not said or said in process.stderr.readline()
        return process, int(re.search(r"listening at 127\.0\.0\.1:(\d+)", process.stderr.readline())[1])

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stderr.close()


def answer(port):
    """The status of the sign-in page; the supervisor's socket lets the question wait until the web server is there."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", "/sign-in/")
        return connection.getresponse().status
    finally:
        connection.close()


def below(pid):
    """All processes below one, by their arguments."""
    found = {}
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        found[int(child)] = Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ")
        found |= below(int(child))
    return found


def worker(process):
    """The number of the worker's process, as soon as it is there."""
    for _ in range(1000):
        for pid, command in below(process.pid).items():
            if "serving.duty" in command:
                return pid
        time.sleep(0.02)
    return pytest.fail("there is no worker")


def wait_until_gone(pids):
    for pid in pids:
        for _ in range(1000):
            if not Path(f"/proc/{pid}").exists():
                break
            time.sleep(0.02)
    return [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def test_the_desk_answers_and_ends_with_all_its_processes(serving):
    process, port = serving()
    assert answer(port) == 200
    pids = [worker(process), *below(process.pid)]
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert wait_until_gone(pids) == []
    assert process.stderr.read().endswith("desk: SIGTERM: ending\n")


def test_a_desk_without_a_worker_is_asked_for(serving):
    process, port = serving("--no-worker")
    assert answer(port) == 200
    assert [command for command in below(process.pid).values() if "serving.duty" in command] == []


def test_a_killed_supervisor_leaves_nobody_behind(serving):
    process, port = serving()
    assert answer(port) == 200
    pids = [worker(process), *below(process.pid)]
    process.kill()
    process.wait()
    assert wait_until_gone(pids) == []


def test_a_folder_that_is_no_workspace_is_named(tmp_path):
    done = kavalan("serve", "--workspace", tmp_path)
    assert (done.returncode, "is not a workspace" in done.stderr) == (2, True)


@pytest.mark.parametrize("options", [("--decoders", "0"), ("--bind", "0.0.0.0:0")])
def test_what_cannot_be_served_so_ends_with_2(tmp_path, options):
    workspace = desk(tmp_path / "w")
    given = ("--workspace", workspace, "--passphrase-file", locked_by(workspace))
    assert kavalan("serve", *given, *options).returncode == 2


def test_another_passphrase_serves_nothing(tmp_path):
    workspace = desk(tmp_path / "w")
    file = locked_by(workspace)
    file.write_text("five grey herons wade\n")
    done = kavalan("serve", "--workspace", workspace, "--passphrase-file", file)
    assert (done.returncode, "not that of these keys" in done.stderr) == (2, True)


def holds_keys(pid):
    """Whether a process has the keys' file in memory open."""
    return any("kavalan-keys" in str(one.readlink()) for one in Path(f"/proc/{pid}/fd").iterdir())


def test_a_worker_that_is_killed_is_replaced_with_the_keys_and_the_desk_goes_on(serving):
    process, port = serving()
    first = worker(process)
    os.kill(first, signal.SIGKILL)
    assert "the worker ended (killed by SIGKILL)" in process.stderr.readline()
    assert worker(process) != first
    assert answer(port) == 200
    assert [pid for pid in below(process.pid) if not holds_keys(pid)] == []


def test_a_workspace_without_keys_is_served_and_it_is_said(serving, tmp_path):
    shutil.rmtree(tmp_path / "w" / "keys")
    _, port = serving(said="has no keys")
    assert answer(port) == 200
