"""Setting the day of the search."""

from datetime import timedelta

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.operations.services import set_day

from ..conftest import NOW
from .conftest import DAY


def test_day_is_moved_with_a_reason(people, operation, last_entry):
    later = DAY + timedelta(days=1)
    with pytest.raises(RefusedError, match="why the day is moved"):
        set_day(people.alice, NOW, operation=operation, day=later)
    set_day(people.alice, NOW, operation=operation, day=later, reason="a storm")
    assert last_entry()[1] == {"from": "2026-03-07", "to": "2026-03-08", "reason": "a storm"}
    with pytest.raises(RefusedError, match="its day already"):
        set_day(people.alice, NOW, operation=operation, day=later, reason="a storm")


def test_only_who_supervises_moves_the_day(people, operation):
    with pytest.raises(RefusedError, match="Your role in this operation"):
        set_day(people.charlie, NOW, operation=operation, day=DAY, reason="x")
