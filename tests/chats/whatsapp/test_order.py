"""Which number is the day: each kind of evidence, and when it is asked."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.chats.whatsapp.order import Evidence, Written, day, decide


def written(text):
    sep = next(sign for sign in "/.-" if sign in text)
    first, second, third = text.split(sep)
    return Written(first, sep, second, third)


def decided(*dates, files=(), **more):
    return decide(Evidence([written(one) for one in dates], [(written(line), named) for line, named in files], **more))


@pytest.mark.parametrize(
    ("dates", "files", "more", "order", "method"),
    [
        (["3/4/25"], [("3/4/25", "20250403")], {}, "dmy", "file names"),
        (["3/4/25"], [("3/4/25", "20250304")], {}, "mdy", "file names"),
        # One that was sent on keeps its old name; most decide.
        (["3/4/25"], [("3/4/25", "20250403")] * 5 + [("3/4/25", "20250304")], {}, "dmy", "file names"),
        (["3/4/25", "13/4/25"], [], {}, "dmy", "a field over 12"),
        (["4/3/25", "4/13/25"], [], {}, "mdy", "a field over 12"),
        (["31/1/25", "1/2/25"], [], {}, "dmy", "a field over 12"),
        (["11/1/25", "12/1/25", "1/2/25"], [], {}, "dmy", "order of time"),
        (["1/11/25", "1/12/25", "2/1/25"], [], {}, "mdy", "order of time"),
        (["03/04/25"], [], {}, "dmy", "way of writing"),
        (["03.04.25"], [], {}, "dmy", "way of writing"),
        (["3-4-25"], [], {}, "dmy", "way of writing"),
        (["2025-04-03"], [], {}, "ymd", "way of writing"),
        (["25.4.12", "25.4.13"], [], {"leading": True}, "ymd", "way of writing"),
        (["14/1/25"], [], {}, "dmy", "a field over 12"),
        (["3/4/25"], [], {"american": True}, "mdy", "way of writing"),
    ],
)
def test_the_strongest_evidence_decides(dates, files, more, order, method):
    found = decided(*dates, files=files, **more)
    assert (found.order, found.method) == (order, method)


@pytest.mark.parametrize("dates", [["3/4/25"], ["3/4/25", "4/4/25", "5/4/25"], ["1/1/2025", "2/2/2025"]])
def test_a_tie_is_asked_and_not_guessed(dates):
    found = decided(*dates)
    assert (found.order, found.confidence) == (None, "none")
    assert set(found.candidates) == {"dmy", "mdy"}


def test_names_of_files_that_disagree_decide_nothing():
    assert decided("3/4/25", files=[("3/4/25", "20250403"), ("3/4/25", "20250304")]).order is None


def test_one_pasted_date_among_many_does_not_turn_the_order():
    days = [f"{n % 28 + 1}/4/25" for n in range(100)]
    assert decided(*days, "4/25/25").order == "dmy"


def test_no_year_before_whatsapp_is_a_reading():
    assert day(written("03/04/08"), "dmy") is None
    assert day(written("25.04.12"), "ymd") == date(2025, 4, 12)


@settings(max_examples=60, deadline=None)
@given(
    st.dates(date(2010, 1, 1), date(2098, 1, 1)),
    st.lists(st.integers(0, 40), min_size=1, max_size=60),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y", "%m/%d/%y"]),
)
def test_what_is_decided_for_certain_is_right(first, gaps, form):
    days, at = [], first
    for gap in gaps:
        at += timedelta(days=gap)
        days.append(at)
    found = decided(*(one.strftime(form) for one in days))
    if found.confidence == "certain":
        order = "dmy" if form.startswith("%d") else "mdy"
        assert [day(written(one.strftime(form)), found.order) for one in days] == days
        assert found.order == order or all(one.day == one.month for one in days)
