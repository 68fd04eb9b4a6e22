"""The supervisor keeps its children running, and leaves none behind."""

import os
import signal

import pytest

from .conftest import alive, appears, end, gone, stubborn


def numbers(path, count):
    """Wait until a program was started so many times."""
    while len(found := appears(path)) < count:
        pass
    return [int(one) for one in found]


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_ends_its_children_when_it_is_told_to_end(supervisor, tmp_path, asked):
    process = supervisor(alive(tmp_path / "one"), alive(tmp_path / "two"))
    children = [int(appears(tmp_path / name)[0]) for name in ("one", "two")]
    process.send_signal(asked)
    told, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert all(map(gone, children))
    assert told == f"{asked.name}: ending\n"


def test_a_child_that_ends_is_started_again(supervisor, tmp_path):
    process = supervisor(alive(tmp_path / "one"))
    os.kill(numbers(tmp_path / "one", 1)[0], signal.SIGKILL)
    first, second = numbers(tmp_path / "one", 2)
    status, told = end(process)
    assert (status, first != second, gone(second)) == (0, True, True)
    assert "the child 1 ended (killed by SIGKILL)" in told


def test_a_child_that_keeps_failing_is_given_up_with_all_others(supervisor, tmp_path):
    process = supervisor(alive(tmp_path / "one"), "raise SystemExit(7)")
    told, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert told.count("the child 2 ended (exit status 7)") == 3
    assert "the child 2 ended 3 times within 5 s of its start: given up" in told
    assert gone(int(appears(tmp_path / "one")[0]))


def test_the_pause_before_a_new_start_doubles(supervisor):
    told, _ = supervisor("raise SystemExit(7)").communicate(timeout=30)
    assert ["again in 0.05 s" in told, "again in 0.1 s" in told, "again in 0.2 s" in told] == [True] * 3


def test_a_child_that_does_not_end_is_killed(supervisor, tmp_path):
    process = supervisor(stubborn(tmp_path / "one"))
    child = int(appears(tmp_path / "one")[0])
    status, told = end(process)
    assert (status, gone(child)) == (0, True)
    assert "the child 1 did not end and is killed" in told
