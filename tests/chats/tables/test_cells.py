"""Numbers, durations, amounts and times as they stand in cells."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.chats.tables.cells import amount_of, number_of, seconds_of
from kavalan.chats.tables.times import time_of

ZONE = ZoneInfo("Asia/Kolkata")


@pytest.mark.parametrize(
    ("cell", "number", "lost"),
    [
        ("9.19847E+11", "9.19847E+11", True),
        ("9.19847012345E+11", "919847012345", False),
        ("9E+11", "9E+11", True),
        ("919847012345.00", "919847012345", False),
        ("'0919847012345", "0919847012345", False),
        ('="0919"', "0919", False),
        ("൯൮൪൭", "൯൮൪൭", False),
        ("AD-SHOPPE", "AD-SHOPPE", False),
    ],
)
def test_a_number_is_what_it_was_or_has_lost_digits(cell, number, lost):
    assert number_of(cell) == (number, lost)


@given(st.integers(10**5, 10**15 - 1))
def test_a_number_that_is_written_with_all_its_digits_is_whole(number):
    digits = str(number)
    written = f"{digits[0]}.{digits[1:]}E+{len(digits) - 1}"
    assert number_of(written) == (digits, False)
    assert number_of(f"{number / 1:.4E}")[1] == (len(digits) > 5)


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("75", 75),
        ("75.0", 75),
        ("75 sec", 75),
        ("0:01:15", 75),
        ("01:15", 75),
        ("1:00:00", 3600),
        ("-", None),
        ("", None),
    ],
)
def test_durations_are_seconds(cell, seconds):
    assert seconds_of(cell) == seconds


@pytest.mark.parametrize(
    ("cell", "amount", "side"),
    [
        ("1,23,456.78", "123456.78", ""),
        ("₹ 500", "500", ""),
        ("INR 500.00 Dr", "500.00", "dr"),
        ("500.00CR", "500.00", "cr"),
        ("(500.00)", "500.00", "dr"),
        ("-500", "500", "dr"),
    ],
)
def test_amounts_are_read_with_their_side(cell, amount, side):
    assert amount_of(cell) == (Decimal(amount), side)


@pytest.mark.parametrize("cell", ["", "-", "five", "12.3.4", "1e9"])
def test_what_is_no_amount_is_none(cell):
    assert amount_of(cell)[0] is None


@pytest.mark.parametrize(
    ("date", "time"),
    [
        ("03/04/2025", "19:05:09"),
        ("03-04-25", "07:05:09 PM"),
        ("03.04.2025", "19.05.09"),
        ("3 Apr 2025", "7:05:09pm"),
        ("03-APR-2025 19:05:09", ""),
        ("2025-04-03T19:05:09", ""),
        ("2025/04/03", "190509"),
        ("20250403", "19:05:09"),
        ("2025-04-03T13:35:09+00:00", ""),
        ("0३/0४/2025", "19:05:09"),
    ],
)
def test_one_moment_however_it_is_written(date, time):
    at = datetime(2025, 4, 3, 19, 5, 9, tzinfo=ZONE)
    assert time_of(date, time, "dmy", ZONE)[:2] == ("2025-04-03T19:05:09", int(at.timestamp() * 1000))


@pytest.mark.parametrize(
    "said", ["", "soon", "31/02/2025", "13/13/2025", "03/04/2025 25:00", "03/04/2025 13:00 PM", "2025"]
)
def test_what_is_no_time_is_unknown(said):
    assert time_of(said, "", "dmy", ZONE) == ("", None, "unknown")


@given(st.text(), st.text())
def test_any_text_is_a_time_or_none(date, time):
    assert time_of(date, time, "dmy", ZONE).certainty in {"exact", "zone_given", "local", "unknown"}
