"""The timeline against sorting every item by hand, in the unit's zone."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kavalan.casework.exhibits import timeline as told
from kavalan.casework.exhibits.models import HourTally
from kavalan.casework.exhibits.timeline import TimelineQuery
from kavalan.casework.privilege.services import supply_identifiers

from ..conftest import NOW
from .batches import row, unread

ZONE = ZoneInfo("Asia/Kolkata")
# The last hour of one local year, the first of the next; two at the same moment; one without a time.
TIMES = [
    datetime(2025, 12, 31, 18, 29, 59, tzinfo=UTC),
    datetime(2025, 12, 31, 18, 30, tzinfo=UTC),
    datetime(2025, 12, 31, 18, 30, tzinfo=UTC),
    datetime(2026, 3, 1, 9, 0, tzinfo=UTC),
    datetime(2026, 3, 1, 9, 0, 0, 1, tzinfo=UTC),
    datetime(2026, 3, 1, 20, 0, tzinfo=UTC),
]


@pytest.fixture
def filled(exhibit, load):
    load([*(row(b"%d.jpg" % at, b"%d" % at, "image/jpeg", modified=time) for at, time in enumerate(TIMES)), row(b"7")])
    load([row(b"adv-office", b"8", modified=NOW + timedelta(days=400)), unread(b"9", "gone")], number=2)
    return exhibit


def asked(text):
    return TimelineQuery.of(QueryDict(text))


def parts(exhibit, on=""):
    return {part.period.key: part.items for part in told.timeline(exhibit, asked(f"on={on}")).parts}


def by_hand(exhibit, form):
    local = [item.modified.astimezone(ZONE) for item in exhibit.items.all() if item.modified and item.seal == 0]
    return Counter(f"{at:{form}}" for at in local)


def test_each_level_counts_what_sorting_by_hand_says(filled):
    assert parts(filled) == by_hand(filled, "%Y") == {"2025": 1, "2026": 5, "2027": 1}
    for on, form in (("2026", "%Y-%m"), ("2026-03", "%Y-%m-%d"), ("2026-03-01", "%Y-%m-%dT%H")):
        assert parts(filled, on) == {key: count for key, count in by_hand(filled, form).items() if key.startswith(on)}


def test_an_hour_has_no_parts(filled):
    assert parts(filled, "2026-03-01T14") == {}


def test_day_is_listed_to_its_end_each_item_once_in_the_order_of_time(filled, monkeypatch):
    monkeypatch.setattr(told, "ITEMS_A_PAGE", 1)
    for on, expected in (
        ("2026-01-01", [2, 3]),
        ("2026-03-01", [4, 5]),
        ("2026-03-01T14", [4, 5]),
        ("unknown", [7, 9]),
    ):
        listed, after = [], ""
        while after is not None:
            page = told.timeline(filled, asked(f"on={on}&after={after}"))
            listed += [item.number for item in page.items]
            after = page.after
        assert listed == expected


def test_privileged_items_are_in_no_figure_and_no_list(people, filled):
    supply_identifiers(people.alice, NOW, exhibit=filled, identifiers=["adv-office"])
    assert parts(filled) == {"2025": 1, "2026": 5}
    assert HourTally.objects.get(year=2027, seal=2).items == 1
    assert told.timeline(filled, asked("on=2027-04-05")).items == []


@given(st.text("0123456789-T ", max_size=14) | st.from_regex(r"\d{1,4}(-\d\d(-\d\d(T\d\d)?)?)?", fullmatch=True))
def test_no_address_asks_for_a_time_that_there_is_not(text):
    period = asked(urlencode({"on": text})).period
    if period.day is not None:
        begin, until = period.span()
        assert begin < until
    assert asked(f"on={period.key}").period == period


def test_page_counts_what_states_no_time_apart(client, people, filled):
    client.force_login(people.alice)
    answer = client.get(reverse("timeline", args=[filled.public_id]))
    assert (answer.context["found"].dated, answer.context["unknown"]) == (7, 2)
    assert "No time is stated" in answer.text
