"""Taking roles back."""

from datetime import timedelta

import pytest

from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.selectors import holds
from kavalan.casework.accounts.services import end_role
from kavalan.casework.errors import RefusedError

from ..conftest import LATER, NOW

SOON = NOW + timedelta(hours=1)


def test_role_ends_at_once_and_stays_in_the_record(people, give, last_entry):
    held = give(people.bob, OfficerRole.EXAMINER)
    end_role(people.alice, SOON, held=held)
    entry, said = last_entry()
    assert (entry.verb, entry.subject) == ("role.end", held.public_id)
    assert said == {"officer": str(people.bob.public_id), "role": "examiner"}
    assert (held.until, holds(people.bob, [OfficerRole.EXAMINER], SOON)) == (SOON, False)
    assert people.bob.roles.count() == 1


def test_only_an_administrator_takes_roles_back(people, give):
    held = give(people.bob, OfficerRole.EXAMINER)
    with pytest.raises(RefusedError, match="administrator"):
        end_role(people.bob, SOON, held=held)


def test_role_that_ended_is_not_ended_again(people, give):
    held = give(people.bob, OfficerRole.EXAMINER, until=SOON)
    with pytest.raises(RefusedError, match="already"):
        end_role(people.alice, SOON, held=held)


@pytest.mark.parametrize("other_until", [None, LATER])
def test_desk_keeps_one_administrator_without_an_end(people, give, other_until):
    give(people.bob, OfficerRole.ADMINISTRATOR, until=other_until)
    own = people.alice.roles.get()
    if other_until is None:
        end_role(people.alice, SOON, held=own)
        assert not holds(people.alice, [OfficerRole.ADMINISTRATOR], SOON)
    else:
        with pytest.raises(RefusedError, match="Nobody would administer"):
            end_role(people.alice, SOON, held=own)
