"""A file that is lent: what its reader gets is what stands there, and both sides end."""

import io
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.sources.archive.lent import Borrowed, Lender, read_at
from kavalan.sources.archive.passage import DamagedError

DATA = os.urandom(700_000)


def lent(source, size, use):
    """What a reader in this process does with a loan; its pipes are closed behind it."""
    lender = Lender(source)
    with lender.lend() as loan:
        answers, questions = os.dup(loan.answers), os.dup(loan.questions)
        loan.given()
        with os.fdopen(answers, "rb") as answering, os.fdopen(questions, "rb") as asking:
            return lender, use(Borrowed(answering, asking, size))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 700_100), st.integers(0, 700_100)), max_size=5))
def test_any_piece_is_what_stands_there(asked):
    _, given_back = lent(
        io.BytesIO(DATA), len(DATA), lambda file: [read_at(file, count, place) for place, count in asked]
    )
    assert given_back == [DATA[place : place + count] for place, count in asked]


def test_a_descriptor_is_read_the_same_way(tmp_path):
    (tmp_path / "f").write_bytes(DATA)
    with (tmp_path / "f").open("rb") as file:
        assert read_at(file.fileno(), 10, 5) == DATA[5:15]


def test_a_file_that_cannot_be_read_ends_the_loan_with_the_reason():
    class Failing(io.BytesIO):
        def read(self, size=-1):
            raise OSError("the disk refuses")

    def use(file):
        with pytest.raises(DamagedError, match="byte 0"):
            file.pread(9, 0)

    lender, _ = lent(Failing(DATA), len(DATA), use)
    assert str(lender.failure) == "the disk refuses"


def test_a_file_that_is_shorter_than_it_said_is_damaged():
    def use(file):
        with pytest.raises(DamagedError):
            file.pread(2000, len(DATA) - 100)

    lender, _ = lent(io.BytesIO(DATA), len(DATA) + 1000, use)
    assert isinstance(lender.failure, EOFError)


def test_a_loan_that_nobody_takes_ends():
    with Lender(io.BytesIO(DATA)).lend():
        pass
