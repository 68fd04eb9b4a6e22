"""When a number may have passed on, what can be linked, and when spans meet."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kavalan.casework.subjects.rules import Gap, gaps, overlap, reissue_of

DAY = date(2026, 1, 1)
days = st.integers(0, 400).map(lambda number: DAY + timedelta(days=number))
ends = st.none() | days


@given(st.sets(st.integers(0, 400), max_size=8), st.integers(1, 100))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_gap_is_a_stretch_of_days_without_a_sign(numbers, least):
    """Walked day by day."""
    signs = [DAY + timedelta(days=number) for number in numbers]
    found, silent, last = [], 0, None
    for number in range(401):
        day = DAY + timedelta(days=number)
        if day in signs:
            if last is not None and silent + 1 >= least:
                found.append(Gap(last, day))
            last, silent = day, 0
        else:
            silent += 1
    assert gaps(signs, timedelta(days=least)) == found


@given(st.tuples(ends, ends), st.tuples(ends, ends))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_spans_meet_where_one_day_lies_in_both(one, other):
    def within(day, span):
        return (span[0] is None or span[0] <= day) and (span[1] is None or day <= span[1])

    walked = [DAY + timedelta(days=number) for number in range(-1, 402)]
    fitting = all(None in span or span[0] <= span[1] for span in (one, other))
    if fitting:
        assert overlap(one, other) == any(within(day, one) and within(day, other) for day in walked)


def test_every_rule_of_reissue_says_where_it_comes_from():
    rules = [reissue_of(kind) for kind in ("phone", "handle", "email")]
    assert all(rule.source and rule.certainty in "VSMH" for rule in rules)
    assert rules[0].gap_days == 90
    assert reissue_of("account") is None
