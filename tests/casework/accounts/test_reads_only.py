"""An auditor reads what was done, and changes nothing."""

import pytest
from django.urls import reverse

from kavalan.casework.access.services import open_compartment
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.selectors import reads_only
from kavalan.casework.accounts.services import give_role
from kavalan.casework.authority.rules import Kind
from kavalan.casework.authority.services import record_authority, withdraw_authority
from kavalan.casework.errors import RefusedError

from ..conftest import NOW, grounds

OFFERS = {"authorities": "record-authority", "exhibits": "register-exhibit", "devices": "seize"}


@pytest.fixture
def auditor(people):
    give_role(people.alice, NOW, officer=people.dora, role=OfficerRole.AUDITOR)
    return people.dora


def test_who_audits_and_holds_another_role_changes_what_that_role_lets_them(people, auditor):
    assert reads_only(auditor, NOW)
    give_role(people.alice, NOW, officer=auditor, role=OfficerRole.EXAMINER)
    assert not reads_only(auditor, NOW)
    assert not reads_only(people.bob, NOW)


def test_an_auditor_changes_nothing_that_is_open_to_everybody_of_the_unit(people, auditor, entries):
    before = entries()
    for change in (
        lambda: open_compartment(auditor, NOW, name="Mine"),
        lambda: record_authority(auditor, NOW, kind=Kind.WARRANT, reference="W 8", grounds=grounds("E-9")),
        lambda: withdraw_authority(auditor, NOW, authority=people.warrant, reason="mine"),
    ):
        with pytest.raises(RefusedError, match="You audit"):
            change()
    assert entries() == before


def test_an_auditor_is_not_offered_it_and_others_are(client, people, auditor):
    for who, offered in ((auditor, False), (people.alice, True)):
        client.force_login(who)
        for page, way in OFFERS.items():
            assert (f'href="{reverse(way)}"' in client.get(reverse(page)).text) == offered
        ways = client.get(reverse("find"), {"q": "take files"}, headers={"Accept": "application/json"})
        assert ("/intake/take-in/" in ways.text) == offered
