"""Signing in by badge and password."""

import pytest
from django.test import Client
from django.urls import reverse

from kavalan.casework.accounts.models import Officer
from kavalan.casework.guard import writing

from ..conftest import PASSWORD


def sign_in(client, badge, password, following=""):
    return client.post(reverse("sign-in") + following, {"username": badge, "password": password})


def test_officer_signs_in_and_comes_to_the_first_page(client, people):
    answer = sign_in(client, "alice", PASSWORD)
    assert (answer.status_code, answer.url) == (302, "/")
    assert client.get("/").status_code == 200


def test_signing_in_writes_no_domain_table_and_no_entry(client, people, entries):
    before = entries()
    sign_in(client, "alice", PASSWORD)
    assert entries() == before


@pytest.mark.parametrize("badge", ["alice", "nobody"])
def test_wrong_password_and_unknown_badge_answer_alike(client, people, badge):
    answer = sign_in(client, badge, "not the password")
    assert answer.status_code == 200
    assert "Badge and password do not belong together" in answer.text
    assert client.get("/").status_code == 302


def test_password_is_never_sent_back(client, people):
    assert "not the password" not in sign_in(client, "alice", "not the password").text


def test_officer_who_left_cannot_sign_in_and_loses_the_session(client, people):
    client.force_login(people.bob)
    with writing(frozenset({"accounts_officer"})):
        Officer.objects.filter(badge="bob").update(is_active=False)
    assert client.get("/").status_code == 302
    assert sign_in(client, "bob", PASSWORD).status_code == 200


def test_way_back_leads_nowhere_else(client, people):
    answer = sign_in(client, "alice", PASSWORD, "?next=https://elsewhere.example/")
    assert answer.url == "/"


def test_form_without_a_token_is_refused(people):
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict, "alice", PASSWORD).status_code == 403
