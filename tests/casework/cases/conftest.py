"""A case of Alice's unit, which Alice supervises; Bob investigates there, Dora and Charlie were not let in."""

import pytest

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.accounts.models import RoleHeld
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.cases.services import add_task, open_case, open_series
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
    """The intake desk of Alice's unit, which she supervises from then on; Bob takes reports in."""
    return open_intake(people)


@pytest.fixture
def report(desk):
    """One report at that desk."""
    return lay_reports(desk, 1)[0]


@pytest.fixture
def series(people, desk, give):
    """The number series of Alice's unit; Bob is an investigator of it."""
    give(people.bob, OfficerRole.INVESTIGATOR)
    return open_series(people.alice, NOW, prefix="COAST")


@pytest.fixture
def case(people, series):
    """The first case, opened by Bob."""
    return open_case(people.bob, NOW, title="Accounts of a harbour", district="in-32-594")


@pytest.fixture
def let_in(people, case):
    """Lets an officer in at the case."""

    def do(officer, role=Role.EXAMINER):
        return grant(people.alice, NOW, compartment=case.compartment, to=officer, role=role)

    return do


@pytest.fixture
def task(people, case):
    """One that is nobody's yet."""
    return add_task(people.bob, NOW, case=case, title="Ask the provider")


@pytest.fixture
def other(people, case):
    """A second case, opened by Alice: Bob was not let in."""
    return open_case(people.alice, NOW, title="Nets")
