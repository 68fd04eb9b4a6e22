"""Two commands at once: what is printed, and how it ends."""

import sys

import pytest
from tools.suites import together


def saying(words, status=0):
    return [sys.executable, "-c", f"print({words!r}); raise SystemExit({status})"]


def test_the_lines_of_the_second_come_under_their_heading(capfd):
    assert together(saying("one"), saying("two"), "Beside") == 0
    assert capfd.readouterr().out == "one\n\nBeside:\ntwo\n"


@pytest.mark.parametrize(("first", "second", "whole"), [(0, 0, 0), (3, 0, 3), (0, 4, 4), (3, 4, 3)])
def test_it_fails_where_either_fails(first, second, whole):
    assert together(saying("one", first), saying("two", second), "Beside") == whole


def test_the_second_does_not_outlive_a_first_that_cannot_begin(tmp_path):
    waits = [sys.executable, "-c", f"import time; time.sleep(600); open({str(tmp_path / 'lived')!r}, 'w')"]
    with pytest.raises(FileNotFoundError):
        together(["/no/such/program"], waits, "Beside")
    assert not (tmp_path / "lived").exists()
