"""Opening an operation."""

import pytest

from kavalan.casework.access.selectors import roles_in
from kavalan.casework.accounts.models import RoleHeld
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.errors import RefusedError
from kavalan.casework.operations.selectors.operations import operation_for
from kavalan.casework.operations.services import open_operation
from kavalan.casework.verbs import step

from ..conftest import NOW
from .conftest import DAY


def test_it_lies_in_a_compartment_of_its_own_that_is_open_to_its_opener_alone(people, series):
    made = open_operation(people.alice, NOW, title="Harbour lights", day=DAY)
    assert roles_in(people.alice, made.compartment_ids(), NOW) == {"supervisor"}
    there = [operation_for(one, made.public_id, NOW) for one in (people.alice, people.bob, people.charlie)]
    assert there == [made, None, None]


def test_operations_are_counted_by_the_year_beside_the_cases(people, series, case):
    made = [open_operation(people.alice, NOW, title="Harbour lights") for _ in range(2)]
    assert [one.reference for one in made] == ["COAST/OP/1/2026", "COAST/OP/2/2026"]


def test_entry_tells_the_number_and_the_day(people, series, last_entry):
    open_operation(people.alice, NOW, title="Harbour lights", day=DAY)
    assert (last_entry()[1]["reference"], last_entry()[1]["day"]) == ("COAST/OP/1/2026", "2026-03-07")


@pytest.mark.parametrize(("who", "title", "why"), [("bob", "x", "Only a supervisor"), ("alice", " ", "needs a title")])
def test_who_is_no_supervisor_or_gives_no_title_opens_none(people, series, who, title, why):
    with pytest.raises(RefusedError, match=why):
        open_operation(getattr(people, who), NOW, title=title)


def test_unit_without_a_number_series_opens_none(people):
    step(RoleHeld)(RoleHeld.objects.create)(officer=people.charlie, role=OfficerRole.SUPERVISOR, since=NOW)
    with pytest.raises(RefusedError, match="no number series"):
        open_operation(people.charlie, NOW, title="Harbour lights")
