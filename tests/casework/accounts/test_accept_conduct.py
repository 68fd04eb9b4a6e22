"""Accepting the code of conduct."""

import pytest

from kavalan.casework.accounts.conduct import code_of_conduct
from kavalan.casework.accounts.selectors import has_accepted
from kavalan.casework.accounts.services import accept_conduct, enrol_officer
from kavalan.casework.errors import RefusedError

from ..conftest import NOW, PASSWORD


@pytest.fixture
def erin(people):
    return enrol_officer(people.alice, NOW, badge="erin", name="Erin Das", unit=people.alice.unit, password=PASSWORD)


def test_acceptance_is_recorded_with_version_and_text(erin, last_entry):
    accepted = accept_conduct(erin, NOW, version=code_of_conduct().version)
    entry, said = last_entry()
    assert (entry.verb, entry.actor, entry.subject) == ("conduct.accept", erin.public_id, accepted.public_id)
    assert said == {"version": code_of_conduct().version, "sha256": code_of_conduct().sha256}
    assert has_accepted(erin, code_of_conduct().version)


@pytest.mark.parametrize("version", ["0", "", "2"])
def test_version_that_is_not_in_force_is_not_accepted(erin, version, entries):
    before = entries()
    with pytest.raises(RefusedError, match="changed meanwhile"):
        accept_conduct(erin, NOW, version=version)
    assert entries() == before


def test_version_is_accepted_once(people):
    with pytest.raises(RefusedError, match="already"):
        accept_conduct(people.alice, NOW, version=code_of_conduct().version)
