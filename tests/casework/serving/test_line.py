"""What the log says of an error, and what it does not."""

import logging
import re

import pytest

from kavalan.casework.serving.line import FaultHandler, place_of, tell


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


def test_request_that_failed_is_told_by_route_and_place(capsys):
    error = raised()
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "Internal Server Error: /x/", (), None)
    record.exc_info = (type(error), error, error.__traceback__)
    FaultHandler().emit(record)
    told = capsys.readouterr().err
    assert re.search(r"web server: FileNotFoundError at .*test_line\.py:\d+, at the route of no view\n", told)
    assert "child" not in told
