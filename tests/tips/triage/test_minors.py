"""Who of those reported may be a child."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.tips import Moment, Person, Tip
from kavalan.tips.triage import possible_minors

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def found(*persons, **fields):
    return {number: one.basis for number, one in possible_minors(Tip(form="x", persons=persons, **fields), NOW).items()}


def reported(**fields):
    return Person("reported", **fields)


@pytest.mark.parametrize(
    ("born", "answer"),
    [
        ("2008-11-23", {0: "born"}),
        ("2008-11-22", {}),
        ("2008-11-23T00:00:00Z", {0: "born"}),
        ("04/05/2010", {0: "born"}),
        ("sometime in 2008", {0: "born"}),
        ("sometime in 2007", {}),
        ("2011-02-31", {0: "born"}),
        ("not told", {}),
        ("", {}),
    ],
)
def test_a_birth_tells_and_where_it_leaves_something_open_the_youngest_counts(born, answer):
    assert found(reported(born=born)) == answer


def test_whoever_was_a_child_when_it_happened_is_treated_as_one():
    person = reported(born="2007-01-01")
    assert found(person) == {}
    assert found(person, incident_at=Moment("x", datetime(2024, 12, 31, tzinfo=UTC))) == {0: "born"}


def test_an_incident_in_the_future_makes_nobody_older():
    ahead = Moment("x", NOW + timedelta(days=9000))
    assert found(reported(born="2015-01-01"), incident_at=ahead) == {0: "born"}


@pytest.mark.parametrize(("age", "answer"), [("15", {0: "age"}), ("about 17 years", {0: "age"}), ("18", {}), ("?", {})])
def test_an_age_tells(age, answer):
    assert found(reported(age=age)) == answer


def test_the_senders_mark_is_about_everybody_it_reports_and_nobody_else():
    persons = (reported(), Person("victim"), reported(born="1970-01-01"))
    assert found(*persons, annotations=("MinorToMinorInteraction",)) == {0: "annotation", 2: "annotation"}


def test_the_place_that_says_so_is_named():
    tip = Tip(form="x", persons=(Person("victim"), reported(born="2012-01-01")))
    assert possible_minors(tip, NOW)[1].where == "persons[1].born"


@given(st.dates(date(1900, 1, 1), date(2026, 11, 22)))
def test_it_is_who_has_not_had_the_eighteenth_birthday(born):
    turned = born.replace(year=born.year + 18) if (born.month, born.day) != (2, 29) else date(born.year + 18, 3, 1)
    assert bool(found(reported(born=born.isoformat()))) == (NOW.date() < turned)


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_breaks_it(born, age):
    possible_minors(Tip(form="x", persons=(reported(born=born, age=age),)), NOW)
