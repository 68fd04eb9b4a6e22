"""Giving roles."""

from datetime import timedelta

import pytest

from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.selectors import holds
from kavalan.casework.accounts.services import give_role, let_go
from kavalan.casework.errors import RefusedError

from ..conftest import LATER, NOW


def test_first_officer_of_a_workspace_is_its_administrator_and_nobody_else(people):
    who = [people.alice, people.bob, people.dora, people.charlie]
    assert [holds(one, [OfficerRole.ADMINISTRATOR], NOW) for one in who] == [True, False, False, False]


def test_role_is_held_from_now_until_its_end(people, give, last_entry):
    held = give(people.bob, OfficerRole.EXAMINER, until=LATER)
    entry, said = last_entry()
    assert (entry.verb, entry.actor, entry.subject) == ("role.give", people.alice.public_id, held.public_id)
    assert said == {"officer": str(people.bob.public_id), "role": "examiner", "until": LATER.isoformat()}
    moments = [NOW - timedelta(seconds=1), NOW, LATER - timedelta(seconds=1), LATER]
    assert [holds(people.bob, [OfficerRole.EXAMINER], at) for at in moments] == [False, True, True, False]


def test_nobody_gives_themselves_a_role(people, entries):
    before = entries()
    with pytest.raises(RefusedError, match="themselves"):
        give_role(people.alice, NOW, officer=people.alice, role=OfficerRole.AUDITOR)
    assert entries() == before


@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_only_an_administrator_gives_roles(people, who):
    with pytest.raises(RefusedError, match="administrator"):
        give_role(getattr(people, who), NOW, officer=people.dora, role=OfficerRole.INTAKE)


def test_supervisor_gives_no_roles(people, give):
    give(people.bob, OfficerRole.SUPERVISOR)
    with pytest.raises(RefusedError, match="administrator"):
        give_role(people.bob, NOW, officer=people.dora, role=OfficerRole.INTAKE)


def test_role_that_is_held_is_not_given_again(people, give):
    give(people.bob, OfficerRole.EXAMINER)
    with pytest.raises(RefusedError, match="already"):
        give(people.bob, OfficerRole.EXAMINER)


def test_role_does_not_end_before_it_begins(people, give):
    with pytest.raises(RefusedError, match="before it began"):
        give(people.bob, OfficerRole.EXAMINER, until=NOW)


def test_who_has_left_gets_no_role(people, give):
    let_go(people.alice, NOW, officer=people.bob)
    with pytest.raises(RefusedError, match="no longer works"):
        give(people.bob, OfficerRole.EXAMINER)
