"""The schedules as data."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.casework.retention.schedules import MalformedScheduleError, Of, read_schedules, schedules

TODAY = date(2026, 11, 22)
ROW = """
[[schedule]]
id = "a-row"
of = "report"
since = 2026-01-01
days = 30
[schedule.stated]
text = "t"
certainty = "M"
source = "s"
reviewed = false
"""


def test_every_row_says_where_it_is_from_and_none_claims_a_review():
    rows = schedules(TODAY)
    assert {row.of for row in rows.values()} == set(Of)
    assert all(row.stated.source and not row.stated.reviewed for row in rows.values())
    assert {row.stated.certainty for row in rows.values()} <= {"S", "M"}


def test_evidence_and_ledger_have_no_day():
    rows = schedules(TODAY)
    assert (rows["evidence"].days, rows["ledger"].days) == (None, None)
    with pytest.raises(MalformedScheduleError, match="no number of days"):
        _ = rows["evidence"].length


def test_reporters_data_goes_before_the_report():
    rows = schedules(TODAY)
    assert rows["reporter-data"].length < rows["report-set-aside"].length
    assert rows["us-company"].length == timedelta(days=365)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (ROW.replace("days = 30", ""), "needs a number of days"),
        (ROW + ROW, "begins twice"),
        (ROW.replace('"report"', '"everything"'), "Invalid enum value"),
        (ROW.replace("30", "0"), ">= 1"),
        (ROW.replace('certainty = "M"', ""), "certainty"),
        ("[[schedule", "Expected|Unclosed|Invalid"),
    ],
)
def test_what_does_not_hold_together_is_refused(text, why):
    with pytest.raises(MalformedScheduleError, match=why):
        read_schedules(text)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    with suppress(MalformedScheduleError):
        read_schedules(text)
