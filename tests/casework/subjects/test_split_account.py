"""A number that was silent for long may have passed to somebody else: a person splits the link, by the rule."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.subjects.rules import Gap
from kavalan.casework.subjects.selectors.signs import gaps_of
from kavalan.casework.subjects.services import split_account

from ..conftest import NOW
from .conftest import SOON, fresh

FIRST, LAST = date(2026, 3, 1), date(2026, 6, 29)
GAP = Gap(FIRST, LAST)


@pytest.fixture
def again(told):
    """The number is named once more, 120 days later."""
    return told(at=NOW + timedelta(days=120))


def test_rule_finds_the_gap_between_what_names_the_number(people, link, again):
    assert gaps_of(link, people.alice, SOON) == [GAP]


def test_shorter_silence_is_none(people, link, told):
    told(at=NOW + timedelta(days=89))
    assert gaps_of(link, people.alice, SOON) == []


@pytest.mark.parametrize(("keeps", "since", "until"), [("earlier", date(2026, 1, 1), FIRST), ("later", LAST, None)])
def test_what_lies_beyond_the_gap_is_not_the_subjects_any_more(people, link, again, keeps, since, until, last_entry):
    after = split_account(people.alice, SOON, link=link, gap=GAP, keeps=keeps, reason="another voice answers")
    assert (after.since, after.until, after.follows) == (since, until, link)
    assert fresh(link).ended_why == "another voice answers"
    assert "90 days" in last_entry()[1]["rule"]


def test_nobody_splits_where_the_rule_finds_no_gap(people, link):
    with pytest.raises(RefusedError, match="Nothing shows such a gap"):
        split_account(people.alice, SOON, link=link, gap=GAP, keeps="later", reason="a guess")
    assert fresh(link).ended_at is None


def test_day_of_a_naming_is_when_the_sender_had_it(people, link, told):
    told(at=NOW + timedelta(days=1))
    assert gaps_of(link, people.alice, datetime(2026, 3, 3, tzinfo=UTC)) == []
