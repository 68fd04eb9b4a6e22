"""Bob investigates where Alice supervises; one child's name is sealed there. Everybody named here is invented."""

import pytest

from kavalan.casework.approvals.services import answer_approval, ask_approval
from kavalan.casework.identities.approval_kinds import OPEN_IDENTITY
from kavalan.casework.identities.rules import Kind, Particulars
from kavalan.casework.identities.services import opening, seal_identity

from ..conftest import NOW

CHILD = Particulars("Zelphine Okwaramba", born="2016-11-23", contact="00000 55501, after school, ask for the aunt")


@pytest.fixture
def child(people, unlocked):
    """The child, sealed by Bob."""
    return seal_identity(people.bob, NOW, kind=Kind.CHILD, compartment=people.compartment, particulars=CHILD)


@pytest.fixture
def granted(people, child):
    """Alice grants Bob to be told who the child is."""

    def grant_it(number=1, at=NOW, granted=True):
        asked = ask_approval(
            people.bob, at, kind=OPEN_IDENTITY, matter=child, payload=opening(child, number), reason="for the court"
        )
        answer_approval(people.alice, at, approval=asked, granted=granted, reason="the court asks")
        return asked

    return grant_it
