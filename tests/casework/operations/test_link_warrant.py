"""The authority behind a warrant."""

import pytest

from kavalan.casework.authority.rules import Kind
from kavalan.casework.authority.services import record_authority, withdraw_authority
from kavalan.casework.errors import RefusedError
from kavalan.casework.operations.models import Warrant
from kavalan.casework.operations.services import link_warrant

from ..conftest import NOW, grounds


@pytest.fixture
def warrant(sites):
    return Warrant.objects.select_related("operation").get(reference="W 1/2026")


def record(officer, kind=Kind.WARRANT, **more):
    return record_authority(officer, NOW, kind=kind, reference="W 1/2026", grounds=grounds("E-1"), **more)


def test_warrant_is_linked_once_to_the_authority_that_was_recorded(people, warrant):
    authority = record(people.alice)
    made = link_warrant(people.alice, NOW, warrant=warrant, authority=authority)
    assert (made.authority, made.linked_by, made.linked_at) == (authority, people.alice, NOW)
    with pytest.raises(RefusedError, match="recorded already"):
        link_warrant(people.alice, NOW, warrant=warrant, authority=authority)


def test_authority_of_another_unit_is_not_linked(people, warrant):
    with pytest.raises(RefusedError, match="another unit"):
        link_warrant(people.alice, NOW, warrant=warrant, authority=record(people.charlie))


def test_authority_that_is_no_warrant_or_was_withdrawn_is_not_linked(people, warrant):
    fir = record(people.alice, Kind.FIR)
    with pytest.raises(RefusedError, match="no warrant that holds"):
        link_warrant(people.alice, NOW, warrant=warrant, authority=fir)
    withdraw_authority(people.alice, NOW, authority=people.warrant, reason="by the court")
    people.warrant.refresh_from_db()
    with pytest.raises(RefusedError, match="no warrant that holds"):
        link_warrant(people.alice, NOW, warrant=warrant, authority=people.warrant)
