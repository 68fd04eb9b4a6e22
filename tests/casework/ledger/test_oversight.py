"""Who may look at which entries."""

import uuid

import pytest

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant, open_compartment
from kavalan.casework.accounts.models import Officer
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.services import give_role
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.ledger.oversight import by_or_about, overseen, oversees, record_of, told_to

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


@pytest.fixture
def auditor(people):
    """Dora, who was let in nowhere."""
    give_role(people.alice, NOW, officer=people.dora, role=OfficerRole.AUDITOR, until=LATER)
    return people.dora


def test_auditor_sees_all_that_the_units_officers_did_and_what_lies_where_they_were_let_in(people, exhibit, auditor):
    mine = {people.alice.public_id, people.bob.public_id, people.dora.public_id}
    seen = overseen(auditor, NOW)
    by_them = LedgerEntry.objects.filter(actor__in=mine)
    assert not by_them.difference(seen).exists()
    assert ("exhibit", exhibit.public_id) in subjects(auditor)


def test_auditor_sees_what_others_did_to_the_units_things(people, exhibit, auditor):
    grant(people.alice, NOW, compartment=people.compartment, to=people.charlie, role=Role.SUPERVISOR)
    grant(people.charlie, NOW, compartment=people.compartment, to=people.charlie, role=Role.EXAMINER)
    assert LedgerEntry.objects.last() in overseen(auditor, NOW)


def test_auditor_sees_nothing_of_another_unit(people, auditor):
    open_compartment(people.charlie, NOW, name="Case of the hill")
    assert not overseen(auditor, NOW).filter(actor=people.charlie.public_id).exists()


def test_auditor_is_told_only_what_is_open_to_them(people, exhibit, auditor):
    kinds = set(told_to(auditor, NOW).values_list("subject_kind", flat=True))
    assert kinds == {"authority", "officer", "unit"}
    grant(people.alice, NOW, compartment=people.compartment, to=people.dora, role=Role.EXAMINER)
    assert told_to(auditor, NOW).filter(subject=exhibit.public_id).exists()


def test_auditor_whose_role_ended_sees_nothing(people, auditor):
    assert oversees(auditor, NOW)
    assert not overseen(auditor, LATER).exists()


def test_by_or_about_is_what_an_officer_did_and_what_was_done_to_their_own_record(people, auditor):
    held = auditor.roles.get()
    found = LedgerEntry.objects.filter(by_or_about(Officer.objects.get(badge="dora")))
    assert set(found.values_list("verb", "subject_kind")) == {
        ("officer.enrol", "officer"),
        ("conduct.accept", "conductaccepted"),
        ("role.give", "roleheld"),
    }
    assert found.get(verb="role.give").subject == held.public_id
