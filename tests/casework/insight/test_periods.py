"""The years for which figures are shown."""

from datetime import UTC, datetime

from kavalan.casework.insight.periods import offered, span_of


def test_years_follow_each_other_without_a_gap_and_begin_at_midnight_here():
    first, end = span_of(2026)
    assert end == span_of(2027)[0]
    # India is five and a half hours ahead.
    assert first == datetime(2025, 12, 31, 18, 30, tzinfo=UTC)


def test_five_years_are_offered_the_newest_first():
    assert list(offered(datetime(2026, 3, 20, tzinfo=UTC))) == [2026, 2025, 2024, 2023, 2022]
