"""Signals while waiting."""

import os
import signal
import subprocess

from kavalan.casework.serving.bell import Bell


def test_a_signal_before_the_wait_is_not_missed():
    with Bell() as bell:
        os.kill(os.getpid(), signal.SIGHUP)
        bell.wait(None)
        assert bell.told == "SIGHUP"


def test_the_end_of_a_child_ends_the_wait_and_asks_nobody_to_end():
    with Bell() as bell:
        child = subprocess.Popen(["true"])
        bell.wait(None)
        assert bell.told is None
        child.wait()


def test_handlers_are_given_back():
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD)}
    with Bell():
        assert signal.getsignal(signal.SIGTERM) != before[signal.SIGTERM]
    assert {number: signal.getsignal(number) for number in before} == before


def test_without_a_signal_the_wait_has_an_end():
    with Bell() as bell:
        bell.wait(0)
        assert bell.told is None
