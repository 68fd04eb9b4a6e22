"""What the log says of an error, and what it does not."""

import re

import pytest

from kavalan.casework.serving.line import place_of, tell


def raised():
    with pytest.raises(FileNotFoundError) as caught:
        open("/evidence/a child's name.jpg")  # noqa: PTH123, SIM115 it is not there
    return caught.value


def test_an_error_is_named_by_its_type_and_place_and_not_by_what_it_says():
    told = place_of(raised())
    assert re.fullmatch(r"FileNotFoundError at .*test_line\.py:\d+", told)
    assert "evidence" not in told


def test_an_error_that_nobody_raised_has_no_place():
    assert place_of(ValueError("a name")) == "ValueError"


def test_a_line_says_when_who_and_what(capsys):
    tell("worker", "job done")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ worker: job done\n", capsys.readouterr().err)
