"""A seizure of three things in Alice's compartment; Bob investigates there, Dora was let in as custodian."""

from datetime import timedelta

import pytest

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.authority.rules import Kind
from kavalan.casework.authority.services import record_authority
from kavalan.casework.custody.memo import Memo
from kavalan.casework.custody.models import Device
from kavalan.casework.custody.services import begin_draft, enter_seizure, offer_things, save_row
from kavalan.casework.custody.telling import Party

from ..conftest import NOW, grounds

MEMO = "SM 12/2026"
SEARCH = NOW - timedelta(hours=3)
RECORDING = "ab" * 32


def row(number, **more):
    """A telephone whose seal has its number."""
    said = {"reference": f"{MEMO}/{number}", "sort": "phone", "make": "Fairtone", "seal": f"S-{number}"}
    return {**said, **more}


@pytest.fixture
def warrant(people):
    """It names the memo, and so what stands on it."""
    return record_authority(people.alice, NOW, kind=Kind.WARRANT, reference="W 9/2026", grounds=grounds(MEMO, "E-1"))


@pytest.fixture
def draft(people, warrant):
    """Alice begins to type it in."""
    memo = Memo(SEARCH, "House 4, Canal Road")
    return begin_draft(people.alice, NOW, authority=warrant, compartment=people.compartment, reference=MEMO, memo=memo)


@pytest.fixture
def seized(people, warrant, draft):
    """Three telephones that Alice seized."""
    for number in (1, 2, 3):
        save_row(draft, people.alice, row(number))
    enter_seizure(people.alice, warrant, draft, NOW)
    return list(Device.objects.order_by("pk"))


@pytest.fixture
def dora(people):
    """Dora, who was let in as custodian."""
    grant(people.alice, NOW, compartment=people.compartment, to=people.dora, role=Role.CUSTODIAN)
    return people.dora


@pytest.fixture
def offer(people, dora, seized):
    """The first two, given by Alice to Dora an hour after."""
    return offer_things(people.alice, NOW, devices=seized[:2], to=Party(dora), moment=NOW)
