"""Looking at what is sealed is recorded, page by page."""

import pytest

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.errors import RefusedError
from kavalan.casework.privilege.services import look_at_sealed, supply_identifiers

from ..conftest import LATER, NOW
from ..exhibits.batches import row
from ..exhibits.conftest import job, load

__all__ = ["job", "load"]


@pytest.fixture
def sealed(filtering, exhibit, load):
    """E-1 with items 1 and 3 sealed."""
    load([row(b"adv-office/1.txt", b"1"), row(b"sea.jpg", b"2", "image/jpeg"), row(b"adv-office/3.txt", b"3")])
    supply_identifiers(filtering.alice, NOW, exhibit=exhibit, identifiers=["adv-office"])
    return exhibit


def test_entry_says_which_page_was_looked_at(filtering, sealed, last_entry):
    look_at_sealed(filtering.dora, filtering.warrant, sealed, NOW, 1)
    entry, said = last_entry()
    assert (entry.verb, said) == ("privilege.look", {"after": 1, "items": 1, "last": 3})


@pytest.mark.parametrize(("who", "at"), [("alice", NOW), ("bob", NOW), ("charlie", NOW), ("dora", LATER)])
def test_nobody_else_looks_and_nobody_after_the_end_of_the_authority(filtering, sealed, entries, who, at):
    before = entries()
    with pytest.raises(RefusedError):
        look_at_sealed(getattr(filtering, who), filtering.warrant, sealed, at)
    assert entries() == before


def test_filter_officer_who_also_investigates_does_not_look(filtering, sealed):
    grant(filtering.alice, NOW, compartment=filtering.compartment, to=filtering.dora, role=Role.EXAMINER)
    with pytest.raises(RefusedError, match="no other role"):
        look_at_sealed(filtering.dora, filtering.warrant, sealed, NOW)
