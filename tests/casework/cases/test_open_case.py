"""Opening a case."""

from datetime import UTC, datetime

import pytest

from kavalan.casework.access.models import Grant, Role
from kavalan.casework.accounts.models import RoleHeld
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.cases.selectors import visible_cases
from kavalan.casework.cases.services import open_case
from kavalan.casework.errors import RefusedError
from kavalan.casework.verbs import step

from ..conftest import NOW


def test_numbers_run_within_a_year_of_the_units_zone(people, series):
    # 31 December, 19:00 UTC is the new year in India already.
    days = [NOW, NOW, datetime(2026, 12, 31, 19, tzinfo=UTC)]
    made = [open_case(people.bob, day, title="a harbour") for day in days]
    assert [case.reference for case in made] == ["COAST/1/2026", "COAST/2/2026", "COAST/1/2027"]


def test_opener_investigates_and_supervisors_supervise(people, case):
    held = Grant.objects.filter(compartment=case.compartment).values_list("officer__badge", "role")
    assert set(held) == {("alice", Role.SUPERVISOR), ("bob", Role.INVESTIGATOR)}
    assert list(visible_cases(people.bob, NOW)) == [case]
    assert not visible_cases(people.dora, NOW).exists()


def test_opener_supervises_where_the_unit_has_no_supervisor(people, series, give):
    held = RoleHeld.objects.filter(officer=people.alice, role=OfficerRole.SUPERVISOR)
    step(RoleHeld)(held.update)(until=NOW)
    made = open_case(people.bob, NOW, title="a harbour")
    held = Grant.objects.filter(compartment=made.compartment).values_list("officer__badge", "role")
    assert set(held) == {("bob", Role.SUPERVISOR), ("bob", Role.INVESTIGATOR)}


def test_only_investigators_and_supervisors_open_one(people, series):
    with pytest.raises(RefusedError, match="Only an investigator"):
        open_case(people.dora, NOW, title="a harbour")


def test_title_and_series_are_needed(people, desk, give):
    with pytest.raises(RefusedError, match="needs a title"):
        open_case(people.alice, NOW, title=" ")
    with pytest.raises(RefusedError, match="no number series"):
        open_case(people.alice, NOW, title="a harbour")
