"""What each query counts."""

from datetime import UTC, datetime, timedelta

import pytest

from kavalan.casework.cases.rules import Outcome, Stage
from kavalan.casework.cases.services import Reached, correct_stage, join, reach_stage
from kavalan.casework.insight import sources
from kavalan.casework.insight.definitions import definitions
from kavalan.casework.insight.duty import place_if_due
from kavalan.casework.insight.services import record_safeguarded

from ..conftest import NOW

YEAR = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
BEFORE = datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def unit(people):
    return people.alice.unit_id


def test_every_definition_names_a_query_that_there_is():
    assert {figure.source for figure in definitions().figure} == sources.SOURCES.keys()
    assert len({figure.id for figure in definitions().figure}) == len(definitions().figure)


def test_a_report_lies_where_its_case_does_and_else_where_its_text_says(people, unit, cases, reports):
    first, _ = reports(2, "Trichur")
    place_if_due(NOW)
    join(people.alice, NOW, case=cases[-1], joined=first)
    assert sources.reports(YEAR) == {(unit, "in-32-596"): 1, (unit, "in-32-594"): 1}
    assert sources.reports(BEFORE) == {}


def test_cases_are_counted_by_the_district_that_was_entered(unit, cases):
    assert sources.cases(YEAR) == {(unit, "in-32-594"): 7, (unit, "in-32-596"): 2}


def test_a_case_has_one_first_arrest_however_many_and_none_once_it_is_corrected(people, unit, cases):
    for days in (0, 1):
        at = NOW - timedelta(days=days)
        made = reach_stage(people.alice, NOW, case=cases[0], reached=Reached(Stage.ARREST, at))
    assert sources.arrests(YEAR) == {(unit, "in-32-594"): 1}
    correct_stage(people.alice, NOW, wrong=made, reached=None, reason="nobody")
    assert sources.arrests(YEAR) == {(unit, "in-32-594"): 1}
    other = cases[0].stages.get(corrects=None, corrected_by=None)
    correct_stage(people.alice, NOW, wrong=other, reached=None, reason="nobody")
    assert sources.arrests(YEAR) == {}


def test_an_exhibit_lies_where_its_case_does(people, unit, cases, exhibit):
    assert sources.exhibits(YEAR) == {(unit, ""): 1}
    join(people.alice, NOW, case=cases[0], joined=exhibit)
    assert sources.exhibits(YEAR) == {(unit, "in-32-594"): 1}


def test_a_child_is_counted_once_however_many_cases_tell_of_it(people, unit, cases, child):
    for case in (cases[-1], cases[0]):
        record_safeguarded(people.alice, NOW, case=case, pseudonym=child.pseudonym, happened_on=NOW.date())
    assert sources.safeguarded(YEAR) == {(unit, "in-32-596"): 1}


def test_days_open_are_whole_days_to_the_end(people, unit, cases):
    later = NOW + timedelta(days=9, hours=5)
    ended = Reached(Stage.CLOSED, later, Outcome.UNTRACED, "nobody was traced")
    reach_stage(people.alice, later, case=cases[0], reached=ended)
    assert sources.ended(YEAR) == {(unit, "in-32-594"): 1}
    assert sources.days_open(YEAR) == {(unit, "in-32-594"): [9]}
