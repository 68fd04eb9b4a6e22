"""A time limit that runs about E-1: the reasons of a search were recorded on the morning of 1 March."""

import pytest

from kavalan.casework.clocks.services import start_clock
from kavalan.casework.clocks.starting import start_for

from ..conftest import NOW
from ..reports import lay_reports, open_intake

LIMIT = "bnss-185-5"


@pytest.fixture
def clock(people, exhibit):
    """Bob, who investigates, began it."""
    return start_clock(people.bob, NOW, name=LIMIT, matter=exhibit, started_at=NOW)


@pytest.fixture
def desk(people):
    """The intake of Alice's unit, where Bob takes reports in."""
    return open_intake(people)


@pytest.fixture
def lay(desk):
    """Lays reports there whose time limits begin."""
    return lambda count, **facts: lay_reports(desk, count, then=start_for, **facts)
