"""One's own account: sessions, password, recovery codes."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kavalan.casework.accounts.models import DeskSession
from kavalan.casework.accounts.roles import OfficerRole

from ..conftest import PASSWORD

NEW = "four slow buffaloes"


@pytest.fixture
def bob(client, people):
    client.force_login(people.bob)
    return people.bob


def test_sessions_are_listed_with_device_and_address(client, bob, begin):
    begin(bob, timezone.now())
    text = client.get(reverse("account")).text
    for words in ("Firefox on Linux", "192.0.2.10", "a test (this one)", "10 left", "End all the others"):
        assert words.replace("10 left", "9 left") in text


def test_one_session_is_ended(client, bob, begin):
    other = begin(bob, timezone.now())
    assert client.post(reverse("end-session", args=[other.public_id])).url == reverse("account")
    other.refresh_from_db()
    assert other.ended_at
    assert client.get("/").status_code == 200


def test_session_of_somebody_else_does_not_exist(client, people, bob, begin):
    other = begin(people.dora, timezone.now())
    assert client.post(reverse("end-session", args=[other.public_id])).status_code == 404


def test_all_others_are_ended(client, bob, begin):
    begin(bob, timezone.now())
    client.post(reverse("end-other-sessions"))
    assert DeskSession.objects.filter(ended_at__isnull=True).count() == 1
    assert client.get("/").status_code == 200


def test_changed_password_keeps_this_session_and_ends_the_others(client, people, bob):
    from ..conftest import DeskClient

    other = DeskClient()
    other.force_login(people.bob)
    answer = client.post(reverse("change-password"), {"old": PASSWORD, "new": NEW, "again": NEW})
    assert answer.url == reverse("account")
    assert (client.get("/").status_code, other.get("/").status_code) == (200, 302)


@pytest.mark.parametrize(
    ("old", "new", "again"), [("wrong", NEW, NEW), (PASSWORD, NEW, "other"), (PASSWORD, "short", "short")]
)
def test_password_is_not_changed_by_what_is_wrong(client, people, bob, old, new, again):
    answer = client.post(reverse("change-password"), {"old": old, "new": new, "again": again})
    assert answer.status_code == 422
    people.bob.refresh_from_db()
    assert people.bob.check_password(PASSWORD)
    assert NEW not in answer.text


def test_new_recovery_codes_are_shown_once(client, bob, install):
    app = install(bob, timezone.now())
    answer = client.post(reverse("recovery-codes"), {"code": app.code(timezone.now()), "next": reverse("account")})
    assert len(re.findall("<li><code>", answer.text)) == 10
    assert client.post(reverse("recovery-codes"), {"code": app.recovery_codes[0]}).status_code == 409


def test_roles_and_rank_are_told(client, people, bob, give):
    give(bob, OfficerRole.CUSTODIAN)
    assert "exhibit custodian" in client.get(reverse("account")).text


def test_browser_is_told_nothing_once_the_session_ended(people):
    assert Client().get(reverse("account")).url.startswith(reverse("sign-in"))
