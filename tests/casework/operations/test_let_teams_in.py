"""Letting the teams of an operation in."""

import pytest

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import roles_in
from kavalan.casework.access.services import grant
from kavalan.casework.errors import RefusedError
from kavalan.casework.operations.services import let_teams_in

from ..conftest import LATER, NOW


def test_teams_are_let_in_at_once_until_a_day(people, operation, sites, last_entry):
    let_teams_in(people.alice, NOW, operation=operation, until=LATER)
    assert last_entry()[1]["officers"] == [str(people.bob.public_id)]
    assert roles_in(people.bob, operation.compartment_ids(), NOW) == {"investigator"}
    assert roles_in(people.bob, operation.compartment_ids(), LATER) == frozenset()
    with pytest.raises(RefusedError, match="was let in"):
        let_teams_in(people.alice, NOW, operation=operation)


def test_end_that_has_passed_lets_nobody_in(people, operation, sites):
    with pytest.raises(RefusedError, match="has passed"):
        let_teams_in(people.alice, NOW, operation=operation, until=NOW)


def test_who_was_let_in_through_the_unit_is_not_let_in_again(people, operation, sites):
    grant(people.alice, NOW, compartment=operation.compartment, to=people.bob.unit, role=Role.INVESTIGATOR)
    with pytest.raises(RefusedError, match="was let in"):
        let_teams_in(people.alice, NOW, operation=operation)


def test_only_who_supervises_lets_teams_in(people, operation, sites):
    with pytest.raises(RefusedError, match="Your role in this operation"):
        let_teams_in(people.charlie, NOW, operation=operation)
