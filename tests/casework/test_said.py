"""Reasons are written, and kept as far as there is room."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.said import required


def test_a_reason_is_kept_without_the_white_space_around_it():
    assert required("  the court asked \n") == "the court asked"


def test_a_reason_of_white_space_is_none():
    with pytest.raises(RefusedError, match="A reason is needed"):
        required(" \n\t")


def test_what_was_wanted_is_said():
    with pytest.raises(RefusedError, match="Say how"):
        required("", "Say how.")


def test_a_long_reason_is_cut():
    assert required("ab" * 300) == "ab" * 200
