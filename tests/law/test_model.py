"""Versions in force, against asking each day by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.law import MEANING, Said
from kavalan.law.model import Dated, fault_of, in_force

DAYS = st.dates(date(2000, 1, 1), date(2001, 1, 1))


@given(st.lists(DAYS, min_size=1, max_size=6, unique=True).map(sorted), DAYS)
def test_exactly_one_version_holds_on_each_day_from_the_first_on(starts, on):
    ends = [start - timedelta(days=1) for start in starts[1:]]
    versions = tuple(Dated(since=since, until=until) for since, until in zip(starts, [*ends, None], strict=True))
    assert fault_of(versions) is None
    holding = [start for start in starts if start <= on]
    found = in_force(versions, on)
    assert (found.since if found else None) == (holding[-1] if holding else None)
    assert sum(version.holds(on) for version in versions) == bool(holding)


@given(DAYS, DAYS, DAYS, DAYS)
def test_versions_that_leave_or_share_a_day_are_refused(one, two, three, four):
    versions = (Dated(since=one, until=two), Dated(since=three, until=four))
    days = [date(1999, 12, 31) + timedelta(days=number) for number in range(370)]
    counts = [sum(version.holds(day) for version in versions) for day in days if one <= day <= max(two, four)]
    sound = one <= two < three <= four and set(counts) == {1}
    assert (fault_of(versions) is None) == sound


def test_a_version_after_an_open_end_is_refused():
    assert "without an end" in fault_of((Dated(since=date(2000, 1, 1)), Dated(since=date(2001, 1, 1))))


@pytest.mark.parametrize("mark", MEANING)
def test_a_statement_is_shown_with_its_mark_and_whether_it_is_reviewed(mark):
    assert str(Said("Report it.", mark, "somewhere", False)) == f"Report it. [{mark}: {MEANING[mark]}; not reviewed]"
    assert str(Said("Report it.", mark, "somewhere", True)).endswith("; reviewed]")
