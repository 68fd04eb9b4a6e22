"""Opening compartments."""

import pytest

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import roles_in
from kavalan.casework.access.services import open_compartment
from kavalan.casework.errors import RefusedError

from ..conftest import NOW


def test_who_opens_a_compartment_is_its_supervisor_and_alone_there(people, last_entry):
    room = open_compartment(people.dora, NOW, name="Case of the kite")
    assert roles_in(people.dora, [room.pk], NOW) == {Role.SUPERVISOR}
    assert roles_in(people.alice, [room.pk], NOW) == frozenset()
    assert last_entry()[0].subject == room.public_id


def test_nobody_opens_no_compartment(empty_desk, entries):
    with pytest.raises(RefusedError, match="needs an officer"):
        open_compartment(None, NOW, name="Case of the kite")
    assert entries() == 0
