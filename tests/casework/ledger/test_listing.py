"""Pages of the ledger: filters that combine, one page after another, and names only where one may know them."""

from datetime import timedelta

import pytest

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.services import give_role
from kavalan.casework.authority.services import withdraw_authority
from kavalan.casework.ledger import listing
from kavalan.casework.ledger.listing import entry_page, entry_row
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.ledger.oversight import overseen

from ..conftest import NOW

HOUR = timedelta(hours=1)


@pytest.fixture
def auditor(people, exhibit):
    """Dora, an hour after everything else."""
    give_role(people.alice, NOW + HOUR, officer=people.dora, role=OfficerRole.AUDITOR)
    return people.dora


def numbers(viewer, **wanted):
    return [row.entry.number for row in entry_page(viewer, NOW + HOUR, wanted).rows]


def test_pages_follow_each_other_from_the_newest_without_a_gap(auditor, monkeypatch):
    monkeypatch.setattr(listing, "ENTRIES_A_PAGE", 4)
    page, seen = entry_page(auditor, NOW + HOUR, {}), []
    while True:
        seen += [row.entry.number for row in page.rows]
        if page.before is None:
            break
        page = entry_page(auditor, NOW + HOUR, {}, page.before)
    all_of_them = overseen(auditor, NOW + HOUR).order_by("-number").values_list("number", flat=True)
    assert seen == list(all_of_them)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (lambda it: {"object": it.exhibit.public_id}, lambda it: {"subject": it.exhibit.public_id}),
        (lambda it: {"authority": it.people.warrant.public_id}, lambda it: {"authority": it.people.warrant.public_id}),
        (lambda it: {"officer": it.people.bob.public_id}, lambda it: {"actor": it.people.bob.public_id}),
        (lambda it: {"verb": "conduct.accept"}, lambda it: {"verb": "conduct.accept"}),
        (lambda _: {"since": NOW + HOUR}, lambda _: {"at": NOW + HOUR}),
        (lambda _: {"until": NOW + HOUR}, lambda _: {"at": NOW}),
        (
            lambda it: {"officer": it.people.alice.public_id, "verb": "role.give", "since": NOW + HOUR},
            lambda _: {"verb": "role.give"},
        ),
    ],
    ids=["object", "authority", "officer", "verb", "since", "until", "three at once"],
)
def test_filters_narrow_and_combine(people, exhibit, auditor, wanted, expected):
    it = type("It", (), {"people": people, "exhibit": exhibit})
    held = {entry.number: entry for entry in overseen(auditor, NOW + HOUR)}
    brute = [
        number
        for number, entry in held.items()
        if all(getattr(entry, name) == value for name, value in expected(it).items())
    ]
    assert numbers(auditor, **wanted(it)) == sorted(brute, reverse=True) != []


def test_evidence_is_named_and_linked_only_for_who_holds_a_grant(people, exhibit, auditor):
    number = LedgerEntry.objects.get(subject=exhibit.public_id).number
    subject = entry_row(auditor, NOW + HOUR, number).subject
    assert (subject.name, subject.address, subject.short) == ("", "", str(exhibit.public_id)[:8])
    grant(people.alice, NOW, compartment=people.compartment, to=people.dora, role=Role.INVESTIGATOR)
    subject = entry_row(auditor, NOW + HOUR, number).subject
    assert (subject.name, subject.address) == ("E-1", f"/exhibits/{exhibit.public_id}/")


def test_officers_are_named_within_the_unit_only(people, auditor):
    grant(people.alice, NOW, compartment=people.compartment, to=people.charlie, role=Role.SUPERVISOR)
    grant(people.charlie, NOW, compartment=people.compartment, to=people.charlie, role=Role.EXAMINER)
    newest, second = entry_page(auditor, NOW + HOUR, {}).rows[:2]
    assert (newest.actor.id, newest.actor.name) == (people.charlie.public_id, "")
    assert second.actor.name == "Alice Kurian (alice)"


def test_authority_is_named_within_the_unit(people, exhibit, auditor):
    withdraw_authority(people.alice, NOW, authority=people.warrant, reason="by the court")
    row = entry_page(auditor, NOW + HOUR, {"verb": "authority.withdraw"}).rows[0]
    assert (row.subject.name, row.subject.address) == (str(people.warrant), f"/authorities/{people.warrant.public_id}/")


def test_entry_of_others_is_none(people, exhibit):
    number = LedgerEntry.objects.get(subject=exhibit.public_id).number
    assert entry_row(people.charlie, NOW, number) is None
    assert entry_row(people.charlie, NOW, 10**6) is None
