"""The sequence of custody: what it refuses and what it says."""

from datetime import UTC, datetime

import pytest
from tests.papers.custodies import BEGAN, EXAMINER, custody, event

from kavalan.papers import DataError, Entry


@pytest.mark.parametrize("numbers", [(2, 1), (1, 1), (1, 3, 2)])
def test_events_out_of_the_order_in_which_they_happened_are_refused(numbers):
    with pytest.raises(DataError, match="in which they happened"):
        custody(events=tuple(event(number) for number in numbers))


def test_what_was_entered_late_stands_where_it_happened():
    late = event(1, entry=Entry(900, "a" * 64), entered=BEGAN.replace(day=5))
    paper = custody(events=(late, event(2)))
    assert paper.fields()["events"][0]["entered"] == "05/03/2026 23:45:00 +05:30"


def test_office_may_be_to_whom_it_was_handed():
    assert event(1, "transferred", to=None, to_other="FSL, invented").to_other == "FSL, invented"
    with pytest.raises(DataError, match="must say `to` whom"):
        event(1, "transferred", to=EXAMINER, to_other="FSL, invented")


def test_gaps_are_given_to_the_page():
    assert custody(gaps=("Nobody is recorded as holding it",)).fields()["gaps"] == ["Nobody is recorded as holding it"]


@pytest.mark.parametrize("act", ["transferred", "returned"])
def test_what_hands_over_must_say_to_whom(act):
    with pytest.raises(DataError, match=f"entry 101: an event '{act}' must say `to` whom"):
        event(1, act, to=None)


def test_what_hands_nothing_over_must_not_say_to_whom():
    with pytest.raises(DataError, match="hands nothing over"):
        event(1, "sealed", to=EXAMINER)


@pytest.mark.parametrize("zone", ["Asia/Kochi", "../etc", "/etc/passwd", "Asia"])
def test_a_zone_that_does_not_exist_is_refused(zone):
    with pytest.raises(DataError, match="is no time zone"):
        custody(zone=zone)


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Asia/Kolkata", "01/01/2026 00:10:00 +05:30"),
        ("UTC", "31/12/2025 18:40:00 +00:00"),
        ("America/St_Johns", "31/12/2025 15:10:00 -03:30"),
    ],
)
def test_times_are_those_of_the_units_zone(zone, shown):
    paper = custody(events=(event(at=datetime(2025, 12, 31, 18, 40, tzinfo=UTC)),), zone=zone)
    assert paper.fields()["events"][0]["at"] == shown


@pytest.mark.parametrize(
    ("hashes", "measured", "changed"),
    [
        ((None, None), 0, []),
        ((None, "a"), 1, []),
        (("a", None, "a", "a"), 3, []),
        (("a", None, "b", "b", "a"), 4, [3, 5]),
    ],
)
def test_a_hash_that_differs_from_the_one_before_is_named(hashes, measured, changed):
    events = tuple(event(number, sha256=None if one is None else one * 64) for number, one in enumerate(hashes, 1))
    assert custody(events=events).fields()["hashes"] == {"measured": measured, "changed": changed}


def test_digests_are_shown_in_groups():
    shown = custody(events=(event(entry=Entry(7, "0123456789abcdef" * 4), sha256="f" * 64),)).fields()["events"][0]
    assert shown["entry"] == {"number": 7, "hash": " ".join(["0123 4567 89ab cdef"] * 4)}
    assert shown["sha256"] == " ".join(["ffff"] * 16)


def test_the_law_that_asks_for_it_is_named_with_its_mark():
    assert "sequence of custody in case of electronic device. [V: " in custody().fields()["basis"]
    assert custody().fields()["basis"].endswith("not reviewed]")


def test_before_that_law_none_is_named():
    assert custody(prepared_at=datetime(2024, 6, 30, 18, 29, tzinfo=UTC)).fields()["basis"] is None
    assert custody(prepared_at=datetime(2024, 6, 30, 18, 30, tzinfo=UTC)).fields()["basis"] is not None
