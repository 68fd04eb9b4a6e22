"""The pages of the desk's people."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from kavalan.casework.accounts.models import Officer, RoleHeld, Unit
from kavalan.casework.accounts.ranks import ranks
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.services import count_attempt

from ..conftest import PASSWORD

NEW = "four slow buffaloes"


@pytest.fixture
def alice(client, people):
    """The administrator, signed in."""
    client.force_login(people.alice)
    return people.alice


def at(route, officer):
    return reverse(route, args=[officer.public_id])


def test_administrator_sees_units_and_officers_and_is_warned_to_be_alone(client, alice):
    text = client.get(reverse("people")).text
    for words in ("Coastal Unit", "Hill Unit", "Dora Nair", "charlie", "The desk has one administrator"):
        assert words in text


def test_warning_goes_with_a_second_administrator(client, people, alice, give):
    give(people.bob, OfficerRole.ADMINISTRATOR)
    assert "The desk has one administrator" not in client.get(reverse("people")).text


def test_supervisor_sees_only_who_of_the_unit_must_wait(client, people, give):
    give(people.dora, OfficerRole.SUPERVISOR)
    for badge in ("bob", "charlie"):
        for _ in range(6):
            count_attempt(badge=badge, address="198.51.100.7", now=timezone.now())
    client.force_login(people.dora)
    text = client.get(reverse("people")).text
    assert "Bob Varghese" in text
    assert "Charlie Menon" not in text
    assert "Hill Unit" not in text
    assert client.get(at("officer", people.bob)).status_code == 404


def test_wait_is_lifted(client, people, alice):
    for _ in range(6):
        count_attempt(badge="bob", address="198.51.100.7", now=timezone.now())
    row = people.bob.attempts.get()
    assert client.post(at("lift-wait", row)).url == reverse("people")
    assert count_attempt(badge="bob", address="198.51.100.7", now=timezone.now()) is None
    assert client.post(at("lift-wait", row)).status_code == 404


def test_unit_is_founded_under_a_free_name(client, alice):
    assert client.post(reverse("found-unit"), {"name": "River Unit", "kind": "police"}).url == reverse("people")
    assert Unit.objects.filter(name="River Unit").exists()
    again = client.post(reverse("found-unit"), {"name": "River Unit", "kind": "police"})
    assert again.status_code == 422
    assert "There is a unit of this name already" in again.text


def test_officer_is_enrolled(client, people, alice):
    typed = {"unit": people.bob.unit.public_id, "name": "Erin Das", "badge": "erin", "password": NEW}
    assert client.post(reverse("enrol-officer"), typed).url == reverse("people")
    assert Officer.objects.get(badge="erin").check_password(NEW)
    again = client.post(reverse("enrol-officer"), typed)
    assert (again.status_code, NEW in again.text) == (422, False)
    assert "This badge is taken" in again.text


def test_first_password_that_is_weak_is_refused_at_its_field(client, people, alice):
    typed = {"unit": people.bob.unit.public_id, "name": "Erin Das", "badge": "erin", "password": "short"}
    answer = client.post(reverse("enrol-officer"), typed)
    assert answer.status_code == 422
    assert not Officer.objects.filter(badge="erin").exists()


def test_rank_is_recorded_and_its_history_shown(client, people, alice):
    for code, since in (("si", "2020-01-01"), ("inspector", "2025-06-01")):
        typed = {"rank": code, "since": since}
        assert client.post(at("record-rank", people.bob), typed).url == at("officer", people.bob)
    text = client.get(at("officer", people.bob)).text
    assert ranks()["si"].title in text
    assert ranks()["inspector"].title in text
    assert client.post(at("record-rank", people.bob), {"rank": "emperor", "since": "2020-01-01"}).status_code == 422


def test_role_is_given_and_taken_back(client, people, alice):
    typed = {"role": "examiner", "until": ""}
    assert client.post(at("give-role", people.bob), typed).url == at("officer", people.bob)
    held = RoleHeld.objects.get(officer=people.bob)
    assert client.post(at("end-role", held)).url == at("officer", people.bob)
    assert client.post(at("end-role", held)).status_code == 404
    assert "ended" in client.get(at("officer", people.bob)).text


def test_administrator_gets_no_form_to_give_themselves_a_role_and_is_refused(client, people, alice):
    assert "Give a role" not in client.get(at("officer", alice)).text
    assert client.post(at("give-role", alice), {"role": "auditor"}).status_code == 422
    assert client.post(at("end-role", alice.roles.get())).status_code == 409
    assert client.post(at("let-go", alice)).status_code == 409


def test_sign_in_is_reset_and_the_officer_enrols_an_app_anew(client, people, alice, install):
    install(people.bob)
    assert client.post(at("reset-sign-in", people.bob), {"password": NEW}).url == at("officer", people.bob)
    client.logout()
    answer = client.post(reverse("sign-in"), {"username": "bob", "password": NEW})
    assert answer.url == reverse("sign-in-enrol")
    assert not client.login(username="bob", password=PASSWORD)


def test_officer_leaves(client, people, alice):
    assert client.post(at("let-go", people.bob)).url == at("officer", people.bob)
    assert "has left" in client.get(at("officer", people.bob)).text


@pytest.mark.parametrize("route", ["officer", "record-rank", "give-role", "reset-sign-in", "let-go"])
def test_officer_who_does_not_exist_is_answered_as_one_that_is_not_ones_business(client, people, route):
    client.force_login(people.bob)
    ask = client.get if route == "officer" else client.post
    here, nowhere = ask(at(route, people.dora)), ask(reverse(route, args=[uuid.UUID(int=0)]))
    assert (here.status_code, nowhere.status_code) == (404, 404)


def test_page_takes_few_queries_however_many_officers(client, people, alice, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get(reverse("people"))
