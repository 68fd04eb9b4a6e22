"""Two people, once, exactly these bytes; nothing that was sealed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.approvals.models import Approval
from kavalan.casework.approvals.services import answer_approval
from kavalan.casework.errors import RefusedError
from kavalan.casework.exports.services import ask_for_export, give_export
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.privilege.services import supply_identifiers
from kavalan.casework.vault.store import vault

from ..conftest import NOW


@pytest.fixture
def asked(people, make):
    """A file that Bob asked for, and the question."""
    export = make()
    return export, ask_for_export(people.bob, NOW, export, "for the court")


@pytest.fixture
def granted(people, asked):
    """The same, granted by Alice."""
    answer_approval(people.alice, NOW, approval=asked[1], granted=True, reason="agreed")
    return asked[0]


def give(people, export, at=NOW):
    return give_export(people.bob, people.warrant, export, at)


def test_granted_file_is_given_once(people, granted):
    give(people, granted)
    with pytest.raises(RefusedError, match="This was given out"):
        give(people, granted)


def test_nobody_grants_it_who_had_it_made(people, asked):
    with pytest.raises(RefusedError, match="Nobody grants what they asked for"):
        answer_approval(people.bob, NOW, approval=asked[1], granted=True, reason="mine")


def test_without_a_grant_nothing_leaves(people, asked):
    with pytest.raises(RefusedError, match="needs another officer's grant"):
        give(people, asked[0])


def test_grant_of_one_file_is_none_of_another(people, granted, make):
    with pytest.raises(RefusedError, match="needs another officer's grant"):
        give(people, make(filters="family=video"))


def test_grant_lapses(people, granted):
    with pytest.raises(RefusedError, match="needs another officer's grant"):
        give(people, granted, NOW + timedelta(days=2))


def test_another_officer_does_not_take_it(people, granted):
    grant(people.alice, NOW, compartment=people.compartment, to=people.dora, role=Role.INVESTIGATOR)
    with pytest.raises(RefusedError, match="Only who had it made"):
        give_export(people.dora, people.warrant, granted, NOW)


def test_what_was_sealed_since_it_was_made_keeps_it_from_leaving(people, granted, filled):
    supply_identifiers(people.alice, NOW, exhibit=filled, identifiers=["camera"])
    with pytest.raises(RefusedError, match="sealed as privileged since"):
        give(people, granted)


def test_question_tells_who_grants_what_exactly_leaves(asked):
    export, question = asked
    assert "Give out 5 items of exhibit E-1, once" in question.words
    assert export.kept.sha256_hex in question.words


def test_file_that_is_not_made_is_not_asked_for(people, make, monkeypatch):
    export = make()
    export.kept = None
    with pytest.raises(RefusedError, match="not made"):
        ask_for_export(people.bob, NOW, export, "early")


@pytest.fixture
def bob(client, people, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    client.force_login(people.bob)
    return client


def test_bytes_that_leave_are_those_of_the_vault_and_recorded_before(people, granted, bob, last_entry):
    answer = bob.post(reverse("give-export", args=[granted.public_id]))
    # Before the first byte is asked for.
    assert (last_entry()[0].verb, answer["Content-Disposition"][:10]) == ("export.give", "attachment")
    with vault().open(granted.kept.name) as reader:
        assert answer.getvalue() == reader.read(1 << 20)
    assert last_entry()[1]["sha256"] == granted.kept.sha256_hex


def test_page_leads_from_the_list_to_the_file(people, filled, bob):
    address = reverse("exports", args=[filled.public_id])
    assert "3 items: pictures" in bob.get(f"{address}?family=picture").text
    assert bob.post(f"{address}?family=picture", {"form": "csv"}).status_code == 302
    assert "It is being made" in bob.get(address).text
    assert bob.post(address, {"form": "exe"}).status_code == 422


def test_asking_on_the_page_reaches_the_supervisor(people, make, bob):
    export = make()
    assert bob.post(reverse("ask-export", args=[export.public_id]), {"reason": "for the court"}).status_code == 302
    assert Approval.objects.get().digest_hex in str(Approval.objects.values_list("digest")[0][0].hex())
    assert "Not answered yet" in bob.get(reverse("exports", args=[export.exhibit.public_id])).text


def test_file_without_a_grant_is_refused_on_the_page_and_nothing_recorded(make, bob):
    export = make()
    before = LedgerEntry.objects.count()
    assert bob.post(reverse("give-export", args=[export.public_id])).status_code == 409
    assert LedgerEntry.objects.count() == before


def test_kept_file_is_no_paper_that_is_given_out_without_a_grant(make, bob):
    export = make()
    assert bob.post(reverse("give-kept", args=[export.kept.public_id])).status_code == 404
