"""Putting a version of the rules in force: a supervisor, who did not bring them."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.triage.ruling import in_force
from kavalan.casework.triage.services import bring_rules, take_rules

from ..conftest import NOW
from .conftest import lay, tip
from .test_bring_rules import OWN


@pytest.fixture
def brought(people, desk):
    return bring_rules(people.bob, NOW, text=OWN, reason="our own weights")


def test_reports_that_come_in_then_are_looked_at_by_them(people, desk, brought, last_entry):
    taken = take_rules(people.alice, NOW, rules=brought, reason="read with the team")
    assert (taken.taken_by, taken.taken_why, taken.applied_at) == (people.alice, "read with the team", None)
    assert in_force([people.bob.unit_id])[people.bob.unit_id] == taken
    _, said = last_entry()
    assert (said["version"], said["before"]) == ("coast 1", "")
    (made,) = lay(desk, tip(9))
    assert made.assessments.get().rules == taken


def test_nobody_takes_what_they_brought(people, desk):
    own = bring_rules(people.alice, NOW, text=OWN, reason="x")
    with pytest.raises(RefusedError, match="Another supervisor"):
        take_rules(people.alice, NOW, rules=own, reason="x")


@pytest.mark.parametrize(
    ("who", "reason", "why"),
    [("bob", "x", "does not extend"), ("charlie", "x", "another unit's"), ("alice", "", "A reason")],
)
def test_it_is_refused(people, brought, who, reason, why):
    with pytest.raises(RefusedError, match=why):
        take_rules(getattr(people, who), NOW, rules=brought, reason=reason)


def test_what_is_in_force_is_not_taken_again(people, brought):
    take_rules(people.alice, NOW, rules=brought, reason="x")
    with pytest.raises(RefusedError, match="These rules are in force"):
        take_rules(people.alice, NOW, rules=brought, reason="x")
