"""Opening a unit's number series."""

import pytest

from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.cases.services import open_series
from kavalan.casework.errors import RefusedError

from ..conftest import NOW


def test_series_is_the_units_and_recorded(people, desk, last_entry):
    made = open_series(people.alice, NOW, prefix="COAST")
    entry, said = last_entry()
    assert (made.unit, made.opened_by, entry.verb) == (people.alice.unit, people.alice, "case.open_series")
    assert said == {"unit": str(people.alice.unit.public_id), "prefix": "COAST"}


def test_unit_has_one_series_and_a_prefix_one_unit(people, series, give):
    give(people.charlie, OfficerRole.SUPERVISOR)
    with pytest.raises(RefusedError, match="has a number series"):
        open_series(people.alice, NOW, prefix="SHORE")
    with pytest.raises(RefusedError, match="Another unit"):
        open_series(people.charlie, NOW, prefix="COAST")


@pytest.mark.parametrize("prefix", ["", "coast", "1A", "A/1", "A" * 21, "A\n"])
def test_what_is_no_prefix_is_refused(people, desk, prefix):
    with pytest.raises(RefusedError, match="A prefix is"):
        open_series(people.alice, NOW, prefix=prefix)


def test_only_a_supervisor_opens_it(people, desk):
    with pytest.raises(RefusedError, match="Only a supervisor"):
        open_series(people.bob, NOW, prefix="COAST")
