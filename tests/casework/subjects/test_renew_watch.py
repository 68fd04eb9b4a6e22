"""Renewing a watch."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.subjects.rules import Outcome
from kavalan.casework.subjects.services import renew_watch
from kavalan.casework.subjects.services.watches import Found

from .conftest import SOON, fresh

FOUND = Found(Outcome.USEFUL, "two reports more")


def test_another_officer_renews_and_says_what_came_of_it(people, watch, warrant, link, terms):
    longer = replace(terms, until=terms.until + timedelta(days=10))
    after = renew_watch(people.bob, warrant, link, SOON, terms=longer, found=FOUND)
    before = fresh(watch)
    assert (before.ended_at, before.outcome, before.outcome_words) == (SOON, "useful", "two reports more")
    assert (after.renews, after.begun_by, after.until) == (before, people.bob, longer.until)


def test_who_began_it_does_not_renew_it(people, watch, warrant, link, terms):
    with pytest.raises(RefusedError, match="another officer renews it"):
        renew_watch(people.alice, warrant, link, SOON, terms=terms, found=FOUND)
    assert fresh(watch).ended_at is None


def test_nothing_is_renewed_that_was_not_begun(people, warrant, link, terms):
    with pytest.raises(RefusedError, match="begin one"):
        renew_watch(people.bob, warrant, link, SOON, terms=terms, found=FOUND)
