"""What an authority allows, tried without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.casework.authority.rules import Activity, Grounds, Span, fault, refusal

START = datetime(2026, 3, 1, tzinfo=UTC)
END = datetime(2026, 4, 1, tzinfo=UTC)
SPAN = Span(START, END)


def test_named_activity_on_a_named_exhibit_in_time_is_allowed():
    assert refusal(Grounds({Activity.COLLECT: SPAN}, frozenset({"E-1"})), Activity.COLLECT, "E-1", START) is None


@pytest.mark.parametrize(
    ("activity", "exhibit", "at", "why"),
    [
        (Activity.EXAMINE, "E-1", START, "does not permit to examine"),
        (Activity.COLLECT, "E-2", START, "does not name E-2"),
        (Activity.COLLECT, "E-1", START - timedelta(microseconds=1), "begins only on 2026-03-01"),
        (Activity.COLLECT, "E-1", END, "ended on 2026-04-01"),
    ],
)
def test_everything_else_is_refused_with_the_reason(activity, exhibit, at, why):
    assert why in refusal(Grounds({Activity.COLLECT: SPAN}, frozenset({"E-1"})), activity, exhibit, at)


@given(
    st.dictionaries(st.sampled_from(Activity), st.tuples(st.integers(0, 50), st.integers(0, 50))),
    st.frozensets(st.sampled_from(["E-1", "E-2", "E-3"])),
    st.sampled_from(Activity),
    st.sampled_from(["E-1", "E-2", "E-3"]),
    st.integers(0, 50),
)
def test_allowed_is_just_what_was_written(spans, exhibits, activity, exhibit, day):
    day_of = [START + timedelta(days=n) for n in range(51)]
    said = Grounds({name: Span(day_of[a], day_of[b]) for name, (a, b) in spans.items()}, exhibits)
    allowed = activity in spans and exhibit in exhibits and spans[activity][0] <= day < spans[activity][1]
    assert (refusal(said, activity, exhibit, day_of[day]) is None) == allowed


@pytest.mark.parametrize(
    ("grounds", "why"),
    [
        (Grounds({Activity.COLLECT: SPAN}, frozenset()), "would mean everything"),
        (Grounds({Activity.COLLECT: SPAN}, frozenset({"E-1", "*"})), "everything is not recorded"),
        (Grounds({Activity.COLLECT: SPAN}, frozenset({" Everything "})), "everything is not recorded"),
        (Grounds({Activity.COLLECT: SPAN}, frozenset({"  "})), "everything is not recorded"),
        (Grounds({}, frozenset({"E-1"})), "at least one activity"),
        (Grounds({Activity.COLLECT: Span(END, START)}, frozenset({"E-1"})), "ends before it begins"),
        (Grounds({Activity.COLLECT: Span(END, END)}, frozenset({"E-1"})), "ends before it begins"),
    ],
)
def test_authority_without_bounds_is_not_recorded(grounds, why):
    assert why in fault(grounds)


def test_bounded_authority_has_no_fault():
    assert fault(Grounds({Activity.COLLECT: SPAN}, frozenset({"E-1"}))) is None
