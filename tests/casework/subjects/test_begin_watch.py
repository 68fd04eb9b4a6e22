"""Watching an account is a verb under an authority that names it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kavalan.casework.authority.rules import Account, Activity, Grounds, Kind, Span
from kavalan.casework.authority.services import record_authority
from kavalan.casework.errors import RefusedError
from kavalan.casework.subjects.rules import Outcome, limits
from kavalan.casework.subjects.services import begin_watch, end_account, end_watch
from kavalan.casework.subjects.services.watches import Found

from ..conftest import LATER, NOW
from .conftest import SOON


def test_watch_names_its_officers_its_authority_and_its_end(people, watch, warrant, terms, last_entry):
    assert sorted(one.officer.badge for one in watch.watchers.all()) == ["alice", "bob"]
    assert (watch.authority, watch.until, str(watch.indicator)) == (warrant, terms.until, "phone +447700900123")
    entry, said = last_entry()
    assert (entry.verb, said["account"]) == ("watch.begin", "phone +447700900123")


def test_authority_must_name_the_account(people, link, terms):
    reach = Grounds({Activity.WATCH: Span(NOW, LATER)}, frozenset(), frozenset({Account("phone", "+910000000002")}))
    other = record_authority(people.alice, NOW, kind=Kind.WARRANT, reference="W 8/2026", grounds=reach)
    with pytest.raises(RefusedError, match="does not name phone"):
        begin_watch(people.alice, other, link, NOW, terms=terms)


def test_authority_to_examine_is_none_to_watch(people, link, terms):
    with pytest.raises(RefusedError, match="does not permit to watch"):
        begin_watch(people.alice, people.warrant, link, NOW, terms=terms)


def test_watch_ends_no_later_than_its_authority_and_the_rules_allow(people, link, warrant, terms):
    late = replace(terms, until=LATER + timedelta(seconds=1))
    with pytest.raises(RefusedError, match="A watch ends by 2026-03-31"):
        begin_watch(people.alice, warrant, link, NOW, terms=late)
    assert limits().watch_days == 90


@pytest.mark.parametrize("who", [[], ["dora"], ["alice"] * 11])
def test_nobody_too_many_and_who_may_not_see_the_subject_are_not_told(people, link, warrant, terms, who):
    wrong = replace(terms, officers=[getattr(people, badge) for badge in who])
    with pytest.raises(RefusedError, match=r"Name one officer|is not let in"):
        begin_watch(people.alice, warrant, link, NOW, terms=wrong)


def test_account_that_was_taken_away_is_not_watched(people, link, warrant, terms):
    end_account(people.alice, NOW, link=link, reason="a mistake")
    with pytest.raises(RefusedError, match="not thought to be"):
        begin_watch(people.alice, warrant, link, NOW, terms=terms)


def test_account_of_a_possible_child_is_not_watched(people, link, warrant, terms, told):
    told(may_be_minor=True)
    with pytest.raises(RefusedError, match="may be a child"):
        begin_watch(people.alice, warrant, link, NOW, terms=terms)


def test_who_began_the_last_watch_does_not_begin_the_next(people, link, warrant, terms, watch):
    with pytest.raises(RefusedError, match="watched already"):
        begin_watch(people.bob, warrant, link, SOON, terms=terms)
    end_watch(people.alice, SOON, watch=watch, found=Found(Outcome.NOT_USEFUL, "silence"))
    with pytest.raises(RefusedError, match="another officer"):
        begin_watch(people.alice, warrant, link, SOON, terms=terms)
    assert begin_watch(people.bob, warrant, link, SOON, terms=terms)
