"""Commands at once: what is printed, and how it ends."""

import sys

import pytest
from tools.suites import together


def saying(words, status=0):
    return [sys.executable, "-c", f"print({words!r}); raise SystemExit({status})"]


def test_the_lines_of_the_others_come_under_their_headings(capfd):
    assert together(saying("one"), {"Two": saying("two"), "Three": saying("three")}) == 0
    assert capfd.readouterr().out == "one\n\nTwo:\ntwo\n\nThree:\nthree\n"


@pytest.mark.parametrize(
    ("statuses", "whole"), [((0, 0, 0), 0), ((3, 0, 0), 3), ((0, 4, 0), 4), ((0, 0, 5), 5), ((3, 4, 5), 3)]
)
def test_it_fails_where_any_fails(statuses, whole):
    first, second, third = (saying("x", status) for status in statuses)
    assert together(first, {"Two": second, "Three": third}) == whole


def test_the_others_do_not_outlive_a_first_that_cannot_begin(tmp_path):
    waits = [sys.executable, "-c", f"import time; time.sleep(600); open({str(tmp_path / 'lived')!r}, 'w')"]
    with pytest.raises(FileNotFoundError):
        together(["/no/such/program"], {"Two": waits, "Three": waits})
    assert not (tmp_path / "lived").exists()
