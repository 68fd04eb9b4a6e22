"""Signing in: badge and password, then the app's code."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kavalan.casework.accounts.models import Attempts, DeskSession, Officer
from kavalan.casework.accounts.services import let_go
from kavalan.casework.guard import writing

from ..conftest import NOW, PASSWORD
from .conftest import rfc6238, secret_of

CLOSED = ["home", "account", "people", "conduct", "change-password", "register-exhibit"]


def sign_in(client, badge, password, following="", **options):
    return client.post(reverse("sign-in") + following, {"username": badge, "password": password}, **options)


def send(client, code, route="sign-in-code"):
    return client.post(reverse(route), {"code": code})


@pytest.fixture
def app(install, people):
    return install(people.alice)


def test_officer_signs_in_with_both_and_comes_to_the_first_page(client, app, last_entry):
    answer = sign_in(client, "alice", PASSWORD)
    assert (answer.status_code, answer.url) == (302, reverse("sign-in-code"))
    answer = send(client, app.code(timezone.now()))
    assert (answer.status_code, answer.url) == (302, "/")
    assert client.get("/").status_code == 200
    assert last_entry()[0].verb == "session.begin"


def test_password_alone_opens_nothing(client, app):
    sign_in(client, "alice", PASSWORD)
    assert {client.get(reverse(name)).url.split("?")[0] for name in CLOSED} == {reverse("sign-in")}


def test_without_an_app_nothing_but_enrolment_is_reachable(client, people):
    assert sign_in(client, "alice", PASSWORD).url == reverse("sign-in-enrol")
    assert {client.get(reverse(name)).url.split("?")[0] for name in CLOSED} == {reverse("sign-in")}
    assert client.get(reverse("sign-in-code")).url == reverse("sign-in-enrol")


def test_app_is_enrolled_by_one_code_and_recovery_codes_are_shown_once(client, people):
    sign_in(client, "alice", PASSWORD)
    page = client.get(reverse("sign-in-enrol"))
    assert "<svg" in page.text
    answer = send(client, rfc6238(secret_of(page.text), timezone.now()), "sign-in-enrol")
    codes = re.findall("<li><code>([^<]+)</code>", answer.text)
    assert len(codes) == 10
    assert client.get("/").status_code == 200
    for route in ("sign-in-enrol", "account", "recovery-codes"):
        assert not any(code in client.get(reverse(route)).text for code in codes)
    other = Client()
    sign_in(other, "alice", PASSWORD)
    assert send(other, codes[0]).url == "/"


def test_wrong_code_while_enrolling_is_told_and_keeps_the_secret(client, people):
    sign_in(client, "alice", PASSWORD)
    secret = secret_of(client.get(reverse("sign-in-enrol")).text)
    answer = send(client, "no code", "sign-in-enrol")
    assert "This code is not right" in answer.text
    assert secret_of(answer.text) == secret


def test_enrolled_officer_is_not_shown_a_secret_again(client, app):
    sign_in(client, "alice", PASSWORD)
    assert client.get(reverse("sign-in-enrol")).url == reverse("sign-in-code")


def test_wrong_code_begins_nothing(client, app):
    sign_in(client, "alice", PASSWORD)
    answer = send(client, "no code")
    assert (answer.status_code, DeskSession.objects.count()) == (200, 0)
    assert "This code is not right" in answer.text


def test_recovery_code_signs_in_once(client, app):
    sign_in(client, "alice", PASSWORD)
    assert send(client, app.recovery_codes[0]).url == "/"
    other = Client()
    sign_in(other, "alice", PASSWORD)
    assert send(other, app.recovery_codes[0]).status_code == 200


@pytest.mark.parametrize("badge", ["alice", "nobody"])
def test_wrong_password_and_unknown_badge_answer_alike(client, people, badge):
    answer = sign_in(client, badge, "not the password")
    assert answer.status_code == 200
    assert "Badge and password do not belong together" in answer.text
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("badge", ["alice", "nobody"])
def test_after_five_failures_even_the_right_password_waits_known_or_not(client, people, badge):
    for _ in range(5):
        sign_in(client, badge, "not the password")
    answer = sign_in(client, badge, PASSWORD)
    assert answer.status_code == 429
    assert "Too many attempts. Try again in 1 minute" in answer.text


def test_unknown_badge_costs_the_same_work(client, people, monkeypatch):
    from django.contrib.auth.hashers import Argon2PasswordHasher

    encode, done = Argon2PasswordHasher.encode, []
    verify = Argon2PasswordHasher.verify
    monkeypatch.setattr(Argon2PasswordHasher, "encode", lambda *args: done.append("once") or encode(*args))
    monkeypatch.setattr(Argon2PasswordHasher, "verify", lambda *args: done.append("once") or verify(*args))
    for badge in ("alice", "nobody"):
        sign_in(client, badge, "not the password")
    assert done == ["once", "once"]


def test_codes_are_not_guessed_without_end(client, app):
    sign_in(client, "alice", PASSWORD)
    answers = [send(client, f"no code {n}").status_code for n in range(7)]
    assert answers == [200] * 5 + [429] * 2
    assert send(client, app.code(timezone.now())).status_code == 429


def test_right_sign_in_forgets_the_failures_of_the_badge(client, app):
    for _ in range(4):
        sign_in(client, "alice", "not the password")
    sign_in(client, "alice", PASSWORD)
    send(client, app.code(timezone.now()))
    assert Attempts.objects.get(address="").failures == 0


def test_password_is_never_sent_back(client, people):
    assert "not the password" not in sign_in(client, "alice", "not the password").text


def test_who_is_on_the_way_and_leaves_gets_no_further(client, people, install):
    app = install(people.bob)
    sign_in(client, "bob", PASSWORD)
    let_go(people.alice, NOW, officer=people.bob)
    assert send(client, app.recovery_codes[0]).url == reverse("sign-in")


def test_who_takes_too_long_begins_again(client, app):
    sign_in(client, "alice", PASSWORD)
    session = client.session
    session["signing-in"] = session["signing-in"] | {"since": timezone.now().timestamp() - 16 * 60}
    session.save()
    assert send(client, app.code(timezone.now())).url == reverse("sign-in")


def test_cookie_changes_with_each_step(client, app):
    client.get(reverse("sign-in"))
    sign_in(client, "alice", PASSWORD)
    halfway = client.session.session_key
    send(client, app.code(timezone.now()))
    assert client.session.session_key != halfway


def test_officer_who_left_cannot_sign_in_and_loses_the_session(client, people):
    client.force_login(people.bob)
    with writing(frozenset({"accounts_officer"})):
        Officer.objects.filter(badge="bob").update(is_active=False)
    assert client.get("/").status_code == 302
    assert sign_in(client, "bob", PASSWORD).status_code == 200


@pytest.mark.parametrize("following", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_way_back_leads_nowhere_else(client, app, following):
    sign_in(client, "alice", PASSWORD, f"?next={following}")
    assert send(client, app.code(timezone.now())).url == "/"


def test_way_back_leads_to_where_one_wanted_to_go(client, app):
    sign_in(client, "alice", PASSWORD, "?next=/account/")
    assert send(client, app.code(timezone.now())).url == "/account/"


def test_form_without_a_token_is_refused(people):
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict, "alice", PASSWORD).status_code == 403


def test_address_behind_a_proxy_is_the_one_the_proxy_names(client, app, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    headers = {"X-Forwarded-For": "203.0.113.99, 198.51.100.4", "X-Forwarded-Proto": "https"}
    sign_in(client, "alice", PASSWORD, headers=headers)
    client.post(reverse("sign-in-code"), {"code": app.code(timezone.now())}, headers=headers)
    assert DeskSession.objects.get().address == "198.51.100.4"
