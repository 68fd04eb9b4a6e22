"""A time limit that runs about E-1: the reasons of a search were recorded on the morning of 1 March."""

import pytest

from kavalan.casework.clocks.services import start_clock

from ..conftest import NOW

LIMIT = "bnss-185-5"


@pytest.fixture
def clock(people, exhibit):
    """Bob, who investigates, began it."""
    return start_clock(people.bob, NOW, name=LIMIT, matter=exhibit, started_at=NOW)
