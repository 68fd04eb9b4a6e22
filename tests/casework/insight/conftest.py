"""A desk with cases of Alice's unit: some reports, and one district in which there are many of them and no case."""

import pytest

from kavalan.casework.accounts.models import RoleHeld
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.cases.services import open_case, open_series
from kavalan.casework.identities.rules import Kind, Particulars
from kavalan.casework.identities.services import seal_identity
from kavalan.casework.verbs import step

from ..conftest import NOW
from ..reports import lay_reports, open_intake


@pytest.fixture
def give():
    """Gives an officer a role without another officer who gives it."""

    def do(officer, role):
        return step(RoleHeld)(RoleHeld.objects.create)(officer=officer, role=role, since=NOW)

    return do


@pytest.fixture
def desk(people):
    """The intake desk of Alice's unit, which she supervises from then on."""
    return open_intake(people)


@pytest.fixture
def cases(people, desk, give):
    """Seven cases in Thrissur and two in Idukki."""
    give(people.alice, OfficerRole.INVESTIGATOR)
    open_series(people.alice, NOW, prefix="COAST")
    places = ["in-32-594"] * 7 + ["in-32-596"] * 2
    return [open_case(people.alice, NOW, title="Accounts", district=place) for place in places]


@pytest.fixture
def child(people, unlocked):
    """A child whose name Alice sealed."""
    return seal_identity(
        people.alice,
        NOW,
        kind=Kind.CHILD,
        compartment=people.compartment,
        particulars=Particulars("Zelphine Okwaramba"),
    )


@pytest.fixture
def reports(desk):
    """Lays reports that name a place."""

    def do(count, *words):
        return lay_reports(desk, count, tip={"form": "table", "persons": [{"addresses": list(words)}]})

    return do
