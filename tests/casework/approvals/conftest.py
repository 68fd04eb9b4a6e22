"""Dora is filter officer where E-1 lies, Bob a second supervisor beside Alice."""

import pytest

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.approvals.services import ask_approval
from kavalan.casework.privilege.approval_kinds import OPEN_PRIVILEGED

from ..conftest import NOW

PAYLOAD = {"items": ["3", "7"]}


@pytest.fixture
def filtering(people, exhibit):
    """The people, with those two roles."""
    grant(people.alice, NOW, compartment=people.compartment, to=people.dora, role=Role.FILTER_OFFICER)
    grant(people.alice, NOW, compartment=people.compartment, to=people.bob, role=Role.SUPERVISOR)
    return people


@pytest.fixture
def asked(filtering, exhibit):
    """What Dora asks."""
    return ask_approval(
        filtering.dora, NOW, kind=OPEN_PRIVILEGED, matter=exhibit, payload=PAYLOAD, reason="no advocate's letter"
    )
