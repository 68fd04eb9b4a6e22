"""Who may look at which entries."""

import uuid

import pytest

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant, open_compartment
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.ledger.oversight import overseen, oversees, record_of

from ..conftest import LATER, NOW


def subjects(officer):
    return set(overseen(officer, NOW).values_list("subject_kind", "subject"))


@pytest.mark.parametrize(("who", "does"), [("alice", True), ("bob", False), ("dora", False), ("charlie", False)])
def test_only_supervisors_oversee(people, exhibit, who, does):
    officer = getattr(people, who)
    assert (oversees(officer, NOW), bool(subjects(officer))) == (does, does)


def test_supervisor_sees_what_is_open_to_them_and_their_own_unit(people, exhibit):
    kinds = {kind for kind, _ in subjects(people.alice)}
    assert {"exhibit", "compartment", "grant", "authority", "officer", "unit"} <= kinds
    assert ("exhibit", exhibit.public_id) in subjects(people.alice)


def test_supervisor_elsewhere_sees_nothing_of_it(people, exhibit):
    open_compartment(people.charlie, NOW, name="Case of the hill")
    seen = subjects(people.charlie)
    hidden = {exhibit.public_id, people.compartment.public_id, people.warrant.public_id, people.alice.public_id}
    assert not hidden & {subject for _, subject in seen}
    assert ("unit", people.charlie.unit.public_id) in seen


def test_grant_that_ended_ends_the_sight(people, exhibit):
    grant(people.alice, NOW, compartment=people.compartment, to=people.dora, role=Role.SUPERVISOR, until=LATER)
    assert ("exhibit", exhibit.public_id) in subjects(people.dora)
    assert not overseen(people.dora, LATER).exists()


def test_record_of_an_entry_is_what_it_is_about(people, exhibit):
    assert record_of(LedgerEntry.objects.get(subject_kind="exhibit")) == exhibit


@pytest.mark.parametrize("kind", ["exhibit", "nothing"])
def test_record_that_is_not_there_is_none(people, kind):
    assert record_of(LedgerEntry(number=1, subject_kind=kind, subject=uuid.uuid4())) is None
