"""An emergency: E-1's warrant has lapsed, Bob is a second supervisor."""

import pytest

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.authority.rules import Activity
from kavalan.casework.authority.services import declare_override

from ..conftest import LATER, NOW


@pytest.fixture
def two(people, exhibit):
    """The people, with Bob as a supervisor beside Alice."""
    grant(people.alice, NOW, compartment=people.compartment, to=people.bob, role=Role.SUPERVISOR)
    return people


@pytest.fixture
def override(two, exhibit):
    """Alice lets E-1 be examined after the end of its warrant."""
    return declare_override(two.alice, LATER, exhibit=exhibit, activity=Activity.EXAMINE, reason="a child in danger")
