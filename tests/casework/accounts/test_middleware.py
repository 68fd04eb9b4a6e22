"""Sessions of the desk on every page: none, ended, too old, locked, before the code of conduct."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kavalan.casework.accounts import middleware
from kavalan.casework.accounts.conduct import Conduct, code_of_conduct
from kavalan.casework.accounts.models import DeskSession
from kavalan.casework.guard import writing

from ..conftest import PASSWORD


@pytest.fixture
def bob(client, people):
    """Bob, signed in."""
    client.force_login(people.bob)
    return people.bob


def change(**fields):
    with writing(frozenset({"accounts_desksession"})):
        DeskSession.objects.update(**fields)


def stood_still(minutes):
    change(last_seen=timezone.now() - timedelta(minutes=minutes))


def test_django_session_without_one_of_the_desk_is_signed_out(people):
    plain = Client()
    plain.force_login(people.bob)
    assert plain.get("/").url.startswith(reverse("sign-in"))
    assert "_auth_user_id" not in plain.session


def test_ended_session_is_signed_out_at_once(client, bob):
    assert client.get("/").status_code == 200
    change(ended_at=timezone.now())
    assert client.get("/").url.startswith(reverse("sign-in"))


def test_session_of_another_officer_opens_nothing(client, people, bob):
    change(officer=people.dora)
    assert client.get("/").url.startswith(reverse("sign-in"))


def test_session_ends_after_a_shift_however_busy(client, bob):
    change(since=timezone.now() - timedelta(hours=8))
    assert client.get("/").url.startswith(reverse("sign-in"))


def test_page_that_stood_still_is_locked_and_password_leads_back(client, bob):
    stood_still(16)
    locked = client.get("/exhibits/register/?x=1")
    assert locked.url == "/locked/?next=%2Fexhibits%2Fregister%2F%3Fx%3D1"
    assert "Exhibits" not in client.get(locked.url).text
    answer = client.post("/locked/", {"proof": PASSWORD, "next": "/exhibits/register/?x=1"})
    assert answer.url == "/exhibits/register/?x=1"
    assert client.get("/").status_code == 200


def test_lock_holds_for_every_page_but_signing_out(client, bob):
    stood_still(16)
    for route in ("home", "account", "conduct", "change-password", "register-exhibit"):
        assert client.get(reverse(route)).url.startswith("/locked/")
    assert client.post(reverse("present")).url == "/locked/"
    assert client.post(reverse("sign-out")).url == reverse("sign-in")


def test_form_sent_to_a_locked_desk_changes_nothing_and_leads_back_to_its_page(client, bob):
    stood_still(16)
    answer = client.post(reverse("end-other-sessions"), headers={"Referer": "http://testserver/account/"})
    assert answer.url == "/locked/?next=http%3A%2F%2Ftestserver%2Faccount%2F"


def test_way_back_from_the_lock_leads_nowhere_else(client, bob):
    stood_still(16)
    answer = client.post("/locked/", {"proof": PASSWORD, "next": "https://elsewhere.example/"})
    assert answer.url == "/"


def test_wrong_proof_leaves_it_locked_and_is_counted(client, bob):
    stood_still(16)
    answers = [client.post("/locked/", {"proof": "not the password"}).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
    assert client.get("/").url.startswith("/locked/")


def test_what_a_page_asks_by_itself_keeps_nothing_open(client, bob):
    stood_still(10)
    before = DeskSession.objects.get().last_seen
    client.get("/", headers={"HX-Request": "true"})
    assert DeskSession.objects.get().last_seen == before
    client.get("/")
    assert DeskSession.objects.get().last_seen > before


def test_page_that_says_somebody_is_there_keeps_it_open(client, bob):
    stood_still(10)
    assert client.post(reverse("present")).status_code == 204
    assert timezone.now() - DeskSession.objects.get().last_seen < timedelta(minutes=1)


def test_not_every_page_writes(client, bob, django_assert_max_num_queries):
    seen = DeskSession.objects.get().last_seen
    client.get("/")
    assert DeskSession.objects.get().last_seen == seen


def test_officer_locks_the_desk(client, bob):
    assert client.post(reverse("lock")).url == "/locked/"
    assert client.get("/").url.startswith("/locked/")


def test_changed_code_of_conduct_is_shown_again_before_anything_else(client, bob, monkeypatch):
    old = code_of_conduct()
    new = Conduct("99", old.date, old.rule)
    for module in (middleware, *_views()):
        monkeypatch.setattr(module, "code_of_conduct", lambda: new)
    assert client.get("/exhibits/register/").url == "/conduct/?next=%2Fexhibits%2Fregister%2F"
    page = client.get("/conduct/")
    assert old.rule[0].text in page.text
    assert client.post("/conduct/", {"version": "99"}).status_code == 422
    assert client.get("/").status_code == 302
    assert client.post("/conduct/", {"version": old.version, "read": "on"}).status_code == 409
    answer = client.post("/conduct/", {"version": "99", "read": "on", "next": "/exhibits/register/"})
    assert answer.url == "/exhibits/register/"
    assert client.get("/").status_code == 200


def _views():
    from kavalan.casework.accounts.services import sessions
    from kavalan.casework.accounts.views import own

    return own, sessions
