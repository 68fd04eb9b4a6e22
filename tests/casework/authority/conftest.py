"""An emergency: E-1's warrant has lapsed, Bob is a second supervisor."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.authority.rules import Activity
from kavalan.casework.authority.services import declare_override

from ..conftest import LATER, NOW

PDF = b"%PDF-1.7 an order of the court, invented\n" * 30


def a_paper(content=PDF, name="order of P K Menon.pdf", said="application/pdf"):
    """A file as a browser sends it; what it says of itself is its own affair."""
    return SimpleUploadedFile(name, content, said)


@pytest.fixture
def two(people, exhibit):
    """The people, with Bob as a supervisor beside Alice."""
    grant(people.alice, NOW, compartment=people.compartment, to=people.bob, role=Role.SUPERVISOR)
    return people


@pytest.fixture
def override(two, exhibit):
    """Alice lets E-1 be examined after the end of its warrant."""
    return declare_override(two.alice, LATER, exhibit=exhibit, activity=Activity.EXAMINE, reason="a child in danger")
