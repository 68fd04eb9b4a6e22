from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.casework.vault.rules import LEAST, NightError, budget_of, night_of


@pytest.mark.parametrize(
    ("hours", "hour", "night"),
    [
        ("22-6", 22, date(2026, 3, 2)),
        ("22-6", 23, date(2026, 3, 2)),
        ("22-6", 0, date(2026, 3, 1)),
        ("22-6", 5, date(2026, 3, 1)),
        ("22-6", 6, None),
        ("22-6", 21, None),
        ("1-5", 0, None),
        ("1-5", 1, date(2026, 3, 2)),
        ("1-5", 5, None),
    ],
)
def test_night_is_named_by_the_day_on_which_it_began(hours, hour, night):
    assert night_of(datetime(2026, 3, 2, hour, 30, tzinfo=UTC), hours) == night


@pytest.mark.parametrize("hours", ["", "22", "25-6", "6-6", "ten to six"])
def test_hours_that_are_none_are_named(hours):
    with pytest.raises(NightError, match="KAVALAN_NIGHT"):
        night_of(datetime(2026, 3, 2, tzinfo=UTC), hours)


@given(st.integers(0, 1 << 50), st.integers(1, 365))
def test_nights_of_a_term_read_everything_and_half_as_much_again(size, days):
    budget = budget_of(size, days, 0)
    assert budget >= LEAST
    assert budget * days * 2 >= size * 3


def test_set_budget_is_taken():
    assert budget_of(1 << 50, 30, 7) == 7 << 30
