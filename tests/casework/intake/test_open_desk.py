"""Opening a unit's intake desk."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.selectors import desk_for
from kavalan.casework.intake.services import open_desk

from ..conftest import NOW


def test_who_opens_it_supervises_it_and_who_was_not_let_in_does_not_see_it(people, desk):
    assert desk_for(people.alice, desk.public_id, NOW) == desk
    assert desk_for(people.dora, desk.public_id, NOW) is None
    assert desk.compartment.grants.get(officer=people.alice).role == "supervisor"


def test_unit_has_one_desk_and_a_supervisor_opens_it(people, desk):
    with pytest.raises(RefusedError, match="has an intake desk"):
        open_desk(people.alice, NOW)
    with pytest.raises(RefusedError, match="Only a supervisor"):
        open_desk(people.bob, NOW)
