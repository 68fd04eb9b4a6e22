"""A child by itself, its clock given by the test."""

import sys
import time

from kavalan.casework.serving.child import Child, Patience

PATIENCE = Patience(first=1, longest=3, soon=10, most=9)


def ended(child, now, lines):
    """Look until the child is seen to have ended."""
    while child.running:
        child.look(now, PATIENCE, lines.append)
        time.sleep(0.01)


def test_pauses_grow_to_the_longest_and_a_long_run_begins_anew():
    child, lines, pauses = Child("clerk", [sys.executable, "-c", ""]), [], []
    for now in (0, 100, 200):
        child.look(now, PATIENCE, lines.append)
        ended(child, now + 1, lines)
        pauses.append(child.due - now - 1)
    child.look(300, PATIENCE, lines.append)
    ended(child, 311, lines)
    assert (pauses, child.due - 311, child.failures) == ([1, 2, 3], 1, 1)


def test_it_is_not_started_before_its_time():
    child, lines = Child("clerk", [sys.executable, "-c", ""]), []
    child.look(0, PATIENCE, lines.append)
    ended(child, 1, lines)
    child.look(1.5, PATIENCE, lines.append)
    assert not child.running
    child.look(2, PATIENCE, lines.append)
    assert child.running
    child.end(30, lines.append)


def test_an_end_of_one_that_does_not_run_is_no_fault():
    child, lines = Child("clerk", ["true"]), []
    child.ask_to_end()
    child.end(0, lines.append)
    assert lines == []
