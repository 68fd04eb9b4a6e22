"""Commands at once: what is printed, and how it ends."""

import re
import sys

import pytest
from tools.suites import together


def saying(words, status=0):
    return [sys.executable, "-c", f"print({words!r}); raise SystemExit({status})"]


def test_the_lines_of_each_come_under_its_heading(capfd):
    assert together({"A": saying("one"), "B": saying("two"), "C": saying("three")}) == 0
    told = capfd.readouterr().out
    assert sorted(re.findall(r"\n(\w), \d+ s:\n(\w+)\n", told)) == [("A", "one"), ("B", "two"), ("C", "three")]


@pytest.mark.parametrize(
    ("statuses", "whole"), [((0, 0, 0), 0), ((3, 0, 0), 3), ((0, 4, 0), 4), ((0, 0, 5), 5), ((3, 4, 5), 3)]
)
def test_it_fails_where_any_fails(statuses, whole):
    assert together({str(number): saying("x", status) for number, status in enumerate(statuses)}) == whole


def test_no_more_than_two_run_at_once(tmp_path):
    # Each leaves a mark while it runs, and counts the marks.
    program = """
import pathlib, sys, time
marks, own = pathlib.Path(sys.argv[1]), sys.argv[2]
(marks / own).touch(); time.sleep(0.3); seen = len(list(marks.iterdir())); (marks / own).unlink()
sys.exit(seen > 2)
"""
    assert together({one: [sys.executable, "-c", program, str(tmp_path), one] for one in "ABCD"}) == 0


def test_commands_get_the_environment_that_is_named(capfd):
    asks = [sys.executable, "-c", "import os; print(os.environ['TMPDIR'])"]
    assert together({"A": asks}, {"TMPDIR": "/where"}) == 0
    assert capfd.readouterr().out.endswith("/where\n")


def test_the_others_do_not_outlive_one_that_cannot_begin(tmp_path):
    waits = [sys.executable, "-c", f"import time; time.sleep(600); open({str(tmp_path / 'lived')!r}, 'w')"]
    with pytest.raises(FileNotFoundError):
        together({"A": ["/no/such/program"], "B": waits, "C": waits})
    assert not (tmp_path / "lived").exists()
